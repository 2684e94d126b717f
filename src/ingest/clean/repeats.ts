import { foldDiacritics } from '../../domain/text/fold.ts';
import type { Block } from '../extract/document.ts';
import { isSentence } from './lines.ts';

/** Occurrences that make a line a running header or footer, and the longest one, in UTF-16 code units. */
const fewest = 3;
const maxLength = 120;

/** Fewest blocks between two occurrences: what is repeated at once is a list or a chorus. */
const fewestBetween = 2;

/** A running header that opens the text is its title as well, so its first occurrence stays. */
const opening = 3;

/** Drops headers and footers that are printed on every page of a text, and the numbers of its pages. */
export function dropRepeats(blocks: readonly Block[]): readonly Block[] {
  const places = new Map<string, number[]>();
  for (const [index, block] of blocks.entries()) {
    const key = keyOf(block);
    if (key === undefined) continue;
    const known = places.get(key);
    if (known) known.push(index);
    else places.set(key, [index]);
  }
  const dropped = new Set(
    [...places].flatMap(([key, indexes]) => {
      if (indexes.length < fewest || !isSpread(indexes)) return [];
      if (key === pageNumber)
        return isRising(indexes.map((index) => Number(blocks[index]?.text))) ? indexes : [];
      return indexes.filter((index, position) => position > 0 || index >= opening);
    }),
  );
  return dropped.size === 0 ? blocks : blocks.filter((_, index) => !dropped.has(index));
}

const pageNumber = '#';

/** What is the same in all occurrences of a running line; `undefined` for what cannot be one. */
function keyOf({ kind, text }: Block): string | undefined {
  // Headings that a format marks as such may recur: "Requirements" in every chapter.
  if (kind !== 'paragraph' || text.length > maxLength || isSentence(text) || /[:;,]$/u.test(text))
    return undefined;
  if (/^\d{1,4}$/u.test(text)) return pageNumber;
  // Only the number of a page may differ; "Article 1" and "Article 2" are two lines.
  const same = text
    .replace(/(page|trang)\s*\d+(?:\s*(?:of|\/)\s*\d+)?/giu, '$1 #')
    .replace(/^\d{1,4}\s*\|\s*|\s*\|\s*\d{1,4}$/gu, '');
  const key = foldDiacritics(same).replace(/[^\p{L}\p{N}#]+/gu, '');
  return key.length < 4 ? undefined : key;
}

function isSpread(indexes: readonly number[]): boolean {
  return indexes.every(
    (index, position) => index - (indexes[position - 1] ?? -fewestBetween - 1) > fewestBetween,
  );
}

function isRising(numbers: readonly number[]): boolean {
  return numbers.every((number, position) => position === 0 || number > (numbers[position - 1] ?? 0));
}
