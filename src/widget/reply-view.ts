import { verdictOf } from './copy-formats.ts';
import { element } from './elements.ts';
import { paragraphsOf, type Piece, type Reply } from './reply.ts';
import type { Strings } from './strings.ts';

/** The text of a reply as it grows, sentence by sentence. */
export interface ReplyView {
  readonly element: HTMLElement;
  /** Appends what is not there yet. */
  update(reply: Reply): void;
}

/** An empty reply. `makeMarker` makes the button of a footnote. */
export function createReplyView(strings: Strings, makeMarker: (n: number) => HTMLElement): ReplyView {
  const root = element('div', { class: 'reply', part: 'reply' });
  const shown: { readonly element: HTMLElement; pieces: number }[] = [];
  // What has no source is said to have none once it is certain that the reply does not decline.
  const uncited: { readonly sentence: HTMLElement; readonly piece: Piece }[] = [];

  const append = (into: HTMLElement, piece: Piece, reply: Reply) => {
    const { words, sentence } = piece;
    if (into.hasChildNodes()) into.append(' ');
    if (!sentence) return into.append(words);
    // The markers stay on the line of the last word, unless that is too long a word to be kept whole.
    const [, start = '', last = ''] = /^([\s\S]*?)(\S{1,24})$/u.exec(words) ?? [words, words];
    const keep = element('span', { class: 'keep' }, element('span', { class: 'words' }, last));
    keep.append(...sentence.citations.map(makeMarker));
    const span = element('span', { class: `sentence is-${sentence.verdict}` });
    span.append(element('span', { class: 'words' }, start), keep);
    into.append(span);
    if (sentence.verdict === 'uncited') uncited.push({ sentence: span, piece });
    else into.append(...labelOf(piece, reply, strings));
  };
  return {
    element: root,
    update(reply) {
      paragraphsOf(reply).forEach((pieces, index) => {
        const paragraph = shown[index] ?? { element: element('p'), pieces: 0 };
        if (!shown[index]) {
          shown.push(paragraph);
          root.append(paragraph.element);
        }
        pieces.slice(paragraph.pieces).forEach((piece) => append(paragraph.element, piece, reply));
        paragraph.pieces = pieces.length;
      });
      if (reply.state === 'streaming') return;
      uncited.splice(0).forEach(({ sentence, piece }) => sentence.after(...labelOf(piece, reply, strings)));
    },
  };
}

function labelOf({ sentence }: Piece, reply: Reply, strings: Strings): (Node | string)[] {
  const verdict = verdictOf(sentence, reply, strings);
  if (sentence === undefined || verdict === undefined) return [];
  const words = sentence.judgedBy === 'chat' ? `${verdict}, ${strings.judged}` : verdict;
  return [' ', element('small', { class: `verdict is-${sentence.verdict}` }, words)];
}
