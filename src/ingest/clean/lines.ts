import { words } from '../../domain/text/words.ts';
import { maxHeadingLength } from '../limits.ts';

/** Most words of a heading. */
const maxHeadingWords = 28;

/** Whether `line` ends as a sentence does. */
export function isSentence(line: string): boolean {
  return /[.!?…][)\]"'”’»]*$/u.test(line);
}

/** Whether `line` can be a title or a heading: short, begins like one, and ends without punctuation. */
export function isHeadingLike(line: string): boolean {
  return (
    line.length <= maxHeadingLength &&
    /^["“'‘(]?[\p{Lu}\p{Lt}\p{N}]/u.test(line) &&
    /\p{L}{2}/u.test(line) &&
    !/[.!?…;:,–—-]["'”’)]*$/u.test(line) &&
    words(line).length <= maxHeadingWords
  );
}
