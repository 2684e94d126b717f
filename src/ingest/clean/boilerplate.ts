import { words } from '../../domain/text/words.ts';
import type { Block } from '../extract/document.ts';
import { dropComments } from './comments.ts';
import { isCredit } from './credits.ts';
import { isLabel, isRelatedHeader } from './labels.ts';
import { isSentence } from './lines.ts';
import { isPrompt } from './prompts.ts';
import { dropRepeats } from './repeats.ts';

/** Fewest lines in a row that make a menu, and the most words of one of its lines, at the head and at the tail. */
const menuLines = 3;
const menuWords = { head: 4, tail: 6 } as const;

/** Removes what belongs to the page and not to the article. Sentences of the article always stay. */
export function dropBoilerplate(blocks: readonly Block[]): readonly Block[] {
  const kept = dropRelated(dropComments(dropRepeats(blocks)));
  return dropMenus(kept.filter((block) => !isLabel(block.text) && !isPrompt(block.text)));
}

function dropRelated(blocks: readonly Block[]): readonly Block[] {
  let listing = false;
  return blocks.filter((block) => {
    if (isRelatedHeader(block.text)) listing = true;
    else if (listing && (isSentence(block.text) || block.kind === 'heading')) listing = false;
    return !listing || isCredit(block.text);
  });
}

/**
 * A run of short lines without sentence punctuation at the head or the tail of a page is a menu or a dump of
 * fields. Where there is nothing but such lines, they are the article.
 */
function dropMenus(blocks: readonly Block[]): readonly Block[] {
  const head = runLength(blocks, menuWords.head);
  const tail = runLength(blocks.toReversed(), menuWords.tail);
  if (head + tail >= blocks.length) return blocks;
  const start = head >= menuLines ? head : 0;
  // Lines after a colon are the list that it announces.
  const announced = blocks[blocks.length - tail - 1]?.text.endsWith(':') ?? false;
  const end = tail >= menuLines && !announced ? blocks.length - tail : blocks.length;
  return blocks.slice(start, end);
}

function runLength(blocks: readonly Block[], maxWords: number): number {
  const first = blocks.findIndex((block) => block.kind !== 'paragraph' || !isMenuLine(block.text, maxWords));
  return first === -1 ? blocks.length : first;
}

function isMenuLine(line: string, maxWords: number): boolean {
  const short = line.length <= 60 && words(line).length <= maxWords;
  return short && !/[.!?…;:,"”]$/u.test(line) && !isCredit(line);
}
