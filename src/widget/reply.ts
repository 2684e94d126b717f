import type { Answer, AnswerEvent, AnswerSentence, Citation, NearestArticle } from '../protocol/answer.ts';

/** How a reply came to its end, or that it has not. */
export type ReplyState = 'streaming' | 'done' | 'stopped' | 'failed';

/** A reply as far as it has come: what is shown, kept and copied of it. */
export interface Reply extends Pick<Answer, 'text' | 'degraded' | 'abstained'> {
  readonly state: ReplyState;
  readonly id?: string;
  readonly language?: Answer['language'];
  readonly asOf?: string;
  /** Those with a verdict; of an unfinished reply, no others are shown. */
  readonly sentences: readonly AnswerSentence[];
  readonly citations: readonly Citation[];
  readonly nearest: readonly NearestArticle[];
}

export const emptyReply: Reply = {
  state: 'streaming',
  text: '',
  degraded: false,
  abstained: false,
  sentences: [],
  citations: [],
  nearest: [],
};

/** The reply after `event`. */
export function advance(reply: Reply, event: AnswerEvent): Reply {
  switch (event.type) {
    case 'answer-start':
      return { ...reply, id: event.id, language: event.language };
    case 'evidence':
      return reply;
    case 'text-delta':
      return { ...reply, text: reply.text + event.delta };
    case 'citation':
      return { ...reply, citations: [...reply.citations, event.citation] };
    case 'sentence-verdict':
      return { ...reply, sentences: [...reply.sentences, event.sentence] };
    case 'answer-end': {
      const { id, language, asOf, text, degraded, abstained, sentences, citations, nearest } = event.answer;
      const known = { id, language, text, degraded, abstained, sentences, citations, nearest };
      return { state: 'done', ...known, ...(asOf !== undefined && { asOf }) };
    }
    case 'error':
      return { ...reply, state: 'failed' };
  }
}

/** A stretch of a reply: a sentence with its verdict, or words of Footnote's own, which need none. */
export interface Piece {
  readonly words: string;
  readonly sentence?: AnswerSentence;
}

/** The paragraphs of a reply, without the markers in its text. They only ever grow at their end. */
export function paragraphsOf({ text, sentences, state }: Reply): Piece[][] {
  const paragraphs: Piece[][] = [];
  let end = 0;
  for (const sentence of sentences) {
    if (sentence.end <= end) continue;
    // Between two sentences stand markers and white space.
    const startsParagraph = paragraphs.length === 0 || text.slice(end, sentence.start).includes('\n');
    const piece = { words: text.slice(sentence.start, sentence.end), sentence };
    if (startsParagraph) paragraphs.push([piece]);
    else paragraphs.at(-1)?.push(piece);
    end = sentence.end;
  }
  if (state !== 'done') return paragraphs;
  // After the markers of the last sentence stands what Footnote says itself of what is not answered.
  const remark = text.slice(end).replace(/^(?: ?\[\d+\])+/u, '');
  const lines = remark.split('\n').map((line) => line.trim());
  return [...paragraphs, ...lines.filter((line) => line !== '').map((words) => [{ words }])];
}

/** The reply without markers, as a turn of the conversation. */
export function plainText(reply: Reply): string {
  return paragraphsOf(reply)
    .map((pieces) => pieces.map(({ words }) => words).join(' '))
    .join('\n');
}
