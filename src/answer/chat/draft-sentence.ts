import type { DraftSentence, SourceSentence } from '../writer.ts';
import { defuse, plainText, withoutWrapping } from './plain-text.ts';
import { extractPointers } from './pointers.ts';
import type { RawSentence } from './sentence-scanner.ts';

/** The word by which the model says that the sources do not hold the answer; `prompts/answer.md` names it. */
const noAnswer = /^[^\p{L}\p{N}]*NO[_ ]ANSWER(?![\p{L}\p{N}])/u;

/** A heading, a row of a table or the edge of a block of code: without a pointer it states nothing. */
const frameLine = /^(?:#{1,6}\s|\||```|~~~)/u;

/** Pointers inside pointers are taken out in this many rounds; what is left then is text. */
const maximumRounds = 4;

/** Whether the model declines with this sentence. */
export function isNoAnswer(raw: RawSentence): boolean {
  return noAnswer.test(raw.text);
}

/**
 * Resolves the pointers of a sentence and removes them, with list marks, emphasis and other marks, from its text.
 * In what is left no number stands in square brackets: those are the marks of footnotes.
 *
 * @param sources - the sentences that the model was given; `[S1]` means the first.
 * @returns `undefined` when no letter or digit is left, or nothing but a heading.
 */
export function toDraftSentence(
  raw: RawSentence,
  sources: readonly SourceSentence[],
): DraftSentence | undefined {
  const { text, numbers } = readSentence(raw.text);
  if (!/[\p{L}\p{N}]/u.test(text)) return undefined;
  if (numbers.length === 0 && raw.startsLine && frameLine.test(raw.text)) return undefined;
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

/** Taking marks and pointers away may bring others to light: `[**1**]`, `[1[2]]`. */
function readSentence(raw: string): { text: string; numbers: number[] } {
  const numbers: number[] = [];
  let text = withoutWrapping(raw);
  for (let round = 0; round < maximumRounds; round += 1) {
    const found = extractPointers(text);
    if (round > 0 && found.numbers.length === 0) break;
    numbers.push(...found.numbers);
    text = plainText(joinPieces(found.pieces));
  }
  return { text: defuse(text), numbers };
}

/** Closes the gaps where pointers stood: "in 2024 [S1], and. [S2]." becomes "in 2024, and." */
function joinPieces(pieces: readonly string[]): string {
  return pieces.reduce((text, piece) => {
    const before = text.trimEnd();
    const after = /[.!?…]["'”’»)*_`]*$/u.test(before) ? piece.replace(/^\s*[.!?…]+/u, '') : piece;
    return before !== '' && /^[\p{L}\p{N}(“"]/u.test(after) ? `${before} ${after}` : before + after;
  });
}
