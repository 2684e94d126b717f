import type { AnswerSentence, Verdict } from '../protocol/answer.ts';
import { element } from './elements.ts';
import type { Strings } from './strings.ts';

/** The text of a reply as it grows, sentence by sentence. */
export interface ReplyView {
  readonly element: HTMLElement;
  /** Appends the sentence that `span` marks in `text`, unless it is there already. */
  addSentence(text: string, sentence: AnswerSentence): void;
  /** Marks the end: a reply without sentences is shown as it is, and what has no source is said to have none. */
  finish(text: string, options: { abstained: boolean }): void;
  /** The sentences so far, without markers. */
  plainText(): string;
}

/** An empty reply. `makeMarker` makes the button of a footnote. */
export function createReplyView(strings: Strings, makeMarker: (n: number) => HTMLElement): ReplyView {
  const root = element('div', { class: 'reply' });
  const uncited: HTMLElement[] = [];
  let paragraph: HTMLElement | undefined;
  let end = 0;
  let plain = '';

  const startParagraph = () => {
    paragraph = element('p');
    root.append(paragraph);
    return paragraph;
  };

  return {
    element: root,
    addSentence(text, { start, end: sentenceEnd, verdict, citations }) {
      if (sentenceEnd <= end) return;
      // Between two sentences stand markers, which are drawn as buttons, and white space.
      const breaksLine = text.slice(end, start).includes('\n');
      const into = paragraph === undefined || breaksLine ? startParagraph() : paragraph;
      const separator = into.hasChildNodes() ? ' ' : '';
      const words = text.slice(start, sentenceEnd);
      const sentence = element('span', { class: `sentence is-${verdict}` }, words);
      if (verdict === 'uncited') uncited.push(sentence);
      // A joiner keeps the first marker on the line of the last word.
      into.append(separator, sentence, ...citations.flatMap((n) => ['\u2060', makeMarker(n)]));
      if (verdict === 'partial' || verdict === 'unsupported') into.append(' ', label(strings, verdict));
      plain += (breaksLine ? '\n' : separator) + words;
      end = sentenceEnd;
    },
    finish(text, { abstained }) {
      if (end === 0) {
        plain = text;
        root.append(...text.split(/\n+/u).map((line) => element('p', {}, line)));
      }
      if (!abstained) uncited.forEach((sentence) => sentence.after(' ', label(strings, 'uncited')));
    },
    plainText: () => plain,
  };
}

function label(strings: Strings, verdict: Exclude<Verdict, 'supported'>): HTMLElement {
  return element('small', { class: `verdict is-${verdict}` }, strings.verdicts[verdict]);
}
