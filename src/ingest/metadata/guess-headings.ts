import { isHeadingLike, isSentence } from '../clean/lines.ts';
import type { Block } from '../extract/document.ts';

const numbered = /^(\d{1,2}(?:\.\d{1,2})*)\.?\s+\p{Lu}|^[IVX]{1,5}\.\s+\p{Lu}/u;

/** Most words of a bulleted line that is a heading: a longer one is an item without its full stop. */
const maxItemWords = 10;

/**
 * Finds the headings of plain text: short lines without punctuation before a paragraph. Levels: 2 for a plain
 * or numbered heading (1 is the title), 3 and more for `2.1 …`, and one below the last for a single bulleted line.
 */
export function guessHeadings(blocks: readonly Block[]): readonly Block[] {
  let level = 1;
  return blocks.map((block, index) => {
    const found = headingLevel(block, blocks[index - 1], blocks.slice(index + 1, index + 3), level);
    if (found === undefined) return block;
    if (block.kind === 'paragraph') level = found;
    return { kind: 'heading', level: found, text: block.text };
  });
}

function headingLevel(
  block: Block,
  previous: Block | undefined,
  following: readonly Block[],
  level: number,
): number | undefined {
  if (!isHeadingLike(block.text) || previous?.text.endsWith(':') === true) return undefined;
  const [next, second] = following;
  if (!next) return undefined;
  if (block.kind === 'item') {
    const single = previous?.kind !== 'item' && introduces(next) && next.kind === 'paragraph';
    return single && block.text.split(' ').length <= maxItemWords ? Math.min(level + 1, 6) : undefined;
  }
  const number = numbered.exec(block.text);
  const opens =
    introduces(next) ||
    (number !== null && isHeadingLike(next.text) && second !== undefined && introduces(second));
  if (!opens) return undefined;
  return Math.min(2 + (number?.[1]?.split('.').length ?? 1) - 1, 6);
}

/** Whether a heading can stand before `block`: body text or a list, not one more short line. */
function introduces(block: Block): boolean {
  return (
    isSentence(block.text) || /[:;]$/u.test(block.text) || !isHeadingLike(block.text) || block.kind === 'item'
  );
}
