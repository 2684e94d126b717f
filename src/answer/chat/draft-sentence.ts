import type { DraftSentence, SourceSentence } from '../writer.ts';
import { extractPointers } from './pointers.ts';
import type { RawSentence } from './sentence-scanner.ts';

/** The word by which the model says that the sources do not hold the answer; `prompts/answer.md` names it. */
const noAnswer = /^[^\p{L}\p{N}]*NO[_ ]ANSWER(?![\p{L}\p{N}])/u;

/** Whether the model declines with this sentence. */
export function isNoAnswer(raw: RawSentence): boolean {
  return noAnswer.test(raw.text);
}

/**
 * Resolves the pointers of a sentence and removes them, with list marks and emphasis, from its text.
 *
 * @param sources - the sentences that the model was given; `[S1]` means the first.
 * @returns `undefined` when no letter or digit is left.
 */
export function toDraftSentence(
  raw: RawSentence,
  sources: readonly SourceSentence[],
): DraftSentence | undefined {
  const { pieces, numbers } = extractPointers(raw.text);
  const text = plainText(joinPieces(pieces));
  if (!/[\p{L}\p{N}]/u.test(text)) return undefined;
  const distinct = [...new Set(numbers)];
  const resolved = distinct.map((number) => sources[number - 1]).filter((source) => source !== undefined);
  return {
    type: 'sentence',
    text,
    sources: resolved,
    droppedCitations: distinct.length - resolved.length,
    ...(raw.startsLine && { startsParagraph: true as const }),
  };
}

/** Closes the gaps where pointers stood: "in 2024 [S1], and. [S2]." becomes "in 2024, and." */
function joinPieces(pieces: readonly string[]): string {
  return pieces.reduce((text, piece) => {
    const before = text.trimEnd();
    const after = /[.!?…]["'”’»)*_`]*$/u.test(before) ? piece.replace(/^\s*[.!?…]+/u, '') : piece;
    return before !== '' && /^[\p{L}\p{N}(“"]/u.test(after) ? `${before} ${after}` : before + after;
  });
}

/** Markdown's marks for lists, headings, quotations, emphasis and code, and control characters, removed. */
function plainText(markdown: string): string {
  return markdown
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .replace(/^(?:#{1,6}|>|[-*•–]|\d{1,2}[.)])\s+(?:\d{1,2}[.)]\s+)?/u, '')
    .replaceAll('**', '')
    .replace(/(?<![\p{L}\p{N}_])__|__(?![\p{L}\p{N}_])/gu, '')
    .replace(/(?<![\p{L}\p{N}*])\*(?=\S)([^*]*\S)\*(?![\p{L}\p{N}*])/gu, '$1')
    .replace(/`([^`]*)`/gu, '$1')
    .replace(/\s*\(\s*\)/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .normalize('NFC');
}
