import type { Heading } from '../../domain/article.ts';
import type { Language } from '../../domain/language.ts';
import type { Sentence } from '../../domain/passage.ts';
import type { Span } from '../../domain/span.ts';
import { sentenceStarts } from './boundaries.ts';
import { longSentenceCuts } from './long-sentences.ts';

/**
 * The sentences of `text` in order. A sentence never goes over the end of a line. Every character that is not
 * white space is in exactly one sentence, and a sentence neither begins nor ends with white space. Runs in
 * time linear in the length of `text`.
 *
 * @param headings - headings of the text; each is one sentence marked `heading`.
 */
export function segmentSentences(
  text: string,
  language: Language,
  headings: readonly Heading[] = [],
): Sentence[] {
  const headingStarts = new Map(headings.map((heading) => [heading.start, heading.end]));
  const sentences: Sentence[] = [];
  for (const match of text.matchAll(/[^\n\r\u2028\u2029]+/gu)) {
    const line = trimmed(text, match.index, match.index + match[0].length);
    if (!line) continue;
    if (headingStarts.get(line.start) === line.end) sentences.push({ ...line, heading: true });
    else for (const sentence of lineSentences(text, line, language)) sentences.push(sentence);
  }
  return sentences;
}

function lineSentences(text: string, line: Span, language: Language): Sentence[] {
  const starts = sentenceStarts(text.slice(line.start, line.end), language).map(
    (start) => start + line.start,
  );
  return spansBetween([line.start, ...starts, line.end]).flatMap((span) => {
    const sentence = trimmed(text, span.start, span.end);
    if (!sentence) return [];
    const cuts = longSentenceCuts(text, sentence.start, sentence.end);
    return spansBetween([sentence.start, ...cuts, sentence.end]).flatMap(
      (piece) => trimmed(text, piece.start, piece.end) ?? [],
    );
  });
}

function spansBetween(positions: readonly number[]): Span[] {
  return positions.slice(1).map((end, index) => ({ start: positions[index] ?? end, end }));
}

function trimmed(text: string, start: number, end: number): Span | undefined {
  const slice = text.slice(start, end);
  const left = slice.length - slice.trimStart().length;
  const length = slice.trim().length;
  return length === 0 ? undefined : { start: start + left, end: start + left + length };
}
