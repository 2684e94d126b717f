import { normaliseText } from '../clean/characters.ts';
import type { Block, ExtractedDocument } from './document.ts';

// `- x`, `+ x`, `* x`, `• x`, and `*X` or `•X`, which pages print for `* X`; but not `- 30 -`.
const bullet = /^(?!- \d{1,4} -$)(?:[-+*–•·▪◦‣]\s+|[*•·▪◦‣](?=[\p{L}\p{N}"“‘]))/u;
// `1) x`, `a) x`; `1. x` is a heading or an item, see guessHeadings.
const enumerator = /^(?:\d{1,2}|\p{L})\)\s+/u;

/** Reads plain text as pages copied from the web are: each line is a block of its own. */
export function extractText(raw: string): ExtractedDocument {
  const blocks = normaliseText(raw)
    .split('\n')
    .filter((line) => line !== '')
    .map(toBlock)
    .filter((block) => block.text !== '');
  return { blocks, metadata: {}, guessHeadings: true };
}

/** Bullets are dropped, because the mark is not part of what the item says; numbers stay, because they are. */
function toBlock(line: string): Block {
  if (bullet.test(line)) return { kind: 'item', text: line.replace(bullet, '') };
  if (enumerator.test(line)) return { kind: 'item', text: line };
  return { kind: 'paragraph', text: line };
}
