import { foldDiacritics } from '../domain/text/fold.ts';
import { normaliseNumber } from '../domain/text/numbers.ts';
import { words } from '../domain/text/words.ts';

/**
 * Whether `quote` holds `answer` as whole words, in whatever case, with or without diacritics, and however its
 * numbers are grouped. An answer without a word, such as `$`, is looked for as it is.
 */
export function holdsAnswer(quote: string, answer: string): boolean {
  const wanted = wordLine(answer);
  return wanted.trim() === '' ? quote.includes(answer) : wordLine(quote).includes(wanted);
}

/** Whether an answer is a judgement, which no sentence contains as a word. */
export function isYesOrNo(answer: string): boolean {
  return /^(?:yes|no|có|không)$/iu.test(answer.trim());
}

function wordLine(text: string): string {
  const line = words(foldDiacritics(text)).map((word) =>
    normaliseNumber(word.text.replace(/['’]\p{L}+$/u, '')),
  );
  return ` ${line.join(' ')} `;
}
