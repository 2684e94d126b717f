import { foldDiacritics } from '../../domain/text/fold.ts';
import type { Block } from '../extract/document.ts';
import { isSourceLine } from './credits.ts';
import { isSentence } from './lines.ts';

// The head of what readers wrote: with a count of one and more, or the form to write in.
const header =
  /^(?:(?:reader )?comments?|binh luan|y kien|y kien (?:ban doc|doc gia|phan hoi)|thao luan) ?[(:] ?[1-9]\d{0,5} ?\)?$|^[1-9]\d{0,5} (?:comments?|replies|responses|binh luan|y kien)$|^[1-9]\d{0,5} (?:thoughts?|responses?|comments?) (?:on|to) .{1,160}$|^(?:leave a (?:reply|comment)|post a comment|join the (?:conversation|discussion)|gui (?:binh luan|y kien)(?: cua ban)?|viet binh luan|y kien cua ban)$/u;

/**
 * Fewest characters of sentences before it; and, unless there are so many that an article must have ended, the most after
 * it as a multiple of those before.
 */
const fewestBefore = 120;
const manyBefore = 1_200;
const mostAfter = 2;

/**
 * Drops what readers wrote below an article. A page also prints the count of its comments above the text; that is told
 * by how little of the text stands before it.
 */
export function dropComments(blocks: readonly Block[]): readonly Block[] {
  const start = blocks.findIndex(
    ({ text }) => text.length <= 200 && header.test(foldDiacritics(text).trim()),
  );
  if (start === -1) return blocks;
  const before = sentenceLength(blocks.slice(0, start));
  const after = sentenceLength(blocks.slice(start));
  if (before < fewestBefore || (before < manyBefore && after > before * mostAfter)) return blocks;
  return blocks.filter(({ text }, index) => index < start || isSourceLine(text));
}

function sentenceLength(blocks: readonly Block[]): number {
  return blocks.reduce((total, { text }) => total + (isSentence(text) ? text.length : 0), 0);
}
