import type { Answer, AnswerSentence } from '../../domain/answer.ts';

/** A sentence of a reply, or words of Footnote's own, which state nothing that needs a footnote. */
export interface ReplyPart {
  readonly text: string;
  readonly sentence?: AnswerSentence & { readonly index: number };
}

/** The reply as paragraphs of sentences, without the markers. */
export function replyParagraphs({ text, sentences }: Pick<Answer, 'text' | 'sentences'>): ReplyPart[][] {
  const paragraphs: ReplyPart[][] = [[]];
  const add = (part: ReplyPart) => paragraphs.at(-1)?.push(part);
  const addBetween = (between: string) => {
    for (const [index, piece] of between.split(/\n\s*\n/u).entries()) {
      if (index > 0) paragraphs.push([]);
      if (piece.trim() !== '') add({ text: piece.trim() });
    }
  };
  let end = 0;
  for (const [index, sentence] of sentences.entries()) {
    addBetween(withoutMarkers(text.slice(end, sentence.start)));
    add({ text: text.slice(sentence.start, sentence.end), sentence: { ...sentence, index } });
    end = sentence.end;
  }
  addBetween(withoutMarkers(text.slice(end)));
  return paragraphs.filter((parts) => parts.length > 0);
}

/** What follows a sentence, without the footnote markers that stand directly behind it. */
function withoutMarkers(following: string): string {
  return following.replace(/^ (?:\[\d+\])+/u, '');
}
