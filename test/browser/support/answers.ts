import type { AnswerEvent } from '../../../src/domain/answer-event.ts';
import type { Answer } from '../../../src/domain/answer.ts';
import type { Article } from '../../../src/domain/article.ts';
import { eventsOf, sampleAnswer, type SampleOptions } from '../../http/support/sample-answer.ts';
import { type Script, streamOf } from '../../http/support/scripted-assistant.ts';

const filler = 'The tide mill stands where the river meets the bay. Boats have landed there since 1790. ';

/** The article that a passage of the answer comes from, with the passage where the answer says. */
export function articleOf({ evidence, nearest }: Answer, id: string): Article {
  const passage = evidence.find(({ articleId }) => articleId === id);
  const near = nearest.find(({ articleId }) => articleId === id);
  const { start } = passage?.source ?? near?.source ?? { start: 0 };
  const before = filler
    .repeat(40)
    .slice(0, Math.max(0, start - 2))
    .padEnd(Math.max(0, start - 2), '.');
  const text = `${before}\n\n${passage?.text ?? near?.quote ?? ''}\n\nWhat followed\n\n${filler.repeat(12)}`;
  const headingStart = text.indexOf('What followed');
  return {
    id,
    version: passage?.articleVersion ?? near?.articleVersion ?? '',
    title: passage?.title ?? near?.title ?? '',
    language: passage?.language ?? near?.language ?? 'en',
    author: 'Ada Quill',
    ...(passage?.publisher !== undefined && { publisher: passage.publisher }),
    ...(passage?.publishedAt !== undefined && { publishedAt: passage.publishedAt }),
    text,
    headings: [{ start: headingStart, end: headingStart + 'What followed'.length, level: 2 }],
  };
}

/** A script that gives this answer to every question, and the articles behind it. */
export function answering(
  options: SampleOptions = {},
  change: (answer: Answer) => Answer = (answer) => answer,
): Script {
  const answerTo = (question: string) => change(sampleAnswer({ question, ...options }));
  return {
    answer: (question) => streamOf(eventsOf(answerTo(question))),
    article: async (id) => articleOf(answerTo('?'), id),
    suggestions: async (language) =>
      language === 'vi'
        ? ['Có bao nhiêu người đến hội chợ?', 'Vé vào cửa giá bao nhiêu?']
        : ['How many visitors came to the fair?', 'What does entry cost, and for whom?'],
  };
}

/** The events of the answer up to its first sentence, then whatever `next` does. */
export async function* firstSentenceThen(
  question: string,
  next: () => Promise<void>,
): AsyncGenerator<AnswerEvent> {
  const events = eventsOf(sampleAnswer({ question }));
  const first = events.findIndex(({ type }) => type === 'sentence-verdict');
  yield* events.slice(0, first + 1);
  await next();
  yield* events.slice(first + 1);
}

/** A reply of more than 400 words with twelve footnotes, and titles as long as Vietnamese ones get. */
export const longAnswer: SampleOptions = {
  sentences: Array.from({ length: 24 }, (_, index) => ({
    text: `In its ${index + 1}${['st', 'nd', 'rd'][index] ?? 'th'} year the fair drew ${(index + 3) * 417} visitors, most of whom came by boat from the other side of the bay.`,
    cites: index % 5 === 4 ? [(index % 12) + 1, ((index + 5) % 12) + 1] : [(index % 12) + 1],
    ...(index % 6 === 5 && { verdict: 'partial' as const }),
    ...(index % 7 === 6 && { startsParagraph: true as const }),
  })),
  quotes: Array.from({ length: 12 }, (_, index) => ({
    quote: `The fair drew ${(index + 3) * 417} visitors in ${2001 + index}, the harbour office said.`,
    title:
      index % 3 === 0
        ? 'Nghị quyết về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số trên địa bàn tỉnh giai đoạn 2026–2030, tầm nhìn đến năm 2045'
        : `The tide-mill fair, counted for the year ${2001 + index}`,
    publisher: 'Harbour Gazette',
    publishedAt: `${2001 + index}-05-14`,
    original: 'https://gazette.example/fair#:~:text=The%20fair%20drew',
  })),
};
