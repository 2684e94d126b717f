import { foldDiacritics } from '../../domain/text/fold.ts';
import { type Asking, type Doubt, isName } from './reading.ts';

/** Characters before and after a sentence whose names it may leave out: `he`, `the company`. */
const before = 250;
const after = 120;

/** Whether a name of the question stands neither in the sentence nor near it nor in the title. */
export function lacksName({ asked }: Asking): Doubt | undefined {
  const names = asked.filter(isName);
  if (names.length === 0) return undefined;
  return ({ saidTerms, frameTerms, passage, sentence }) => {
    const absent = names.filter(({ term }) => !saidTerms.has(term) && !frameTerms.has(term));
    if (absent.length === 0) return false;
    const at = passage?.indexOf(sentence) ?? -1;
    if (passage === undefined || at < 0) return true;
    const around = foldDiacritics(passage.slice(Math.max(0, at - before), at + sentence.length + after));
    return absent.some(({ folded }) => !around.includes(folded));
  };
}

/**
 * Whether a name of two words is torn apart: `Tamara de Maria` is not met by a passage that knows a Tamara and
 * a Maria. Up to two words may stand between them, for the middle names of people.
 */
export function tearsName({ asked }: Asking): Doubt | undefined {
  const whole = asked.flatMap((token, at) => {
    const first = asked[at - 1];
    if (!first || !isName(first, at - 1) || !isName(token, at) || token.gap !== ' ') return [];
    if (/['’]/u.test(first.text)) return [];
    const [a, b] = [first, token].map((word) => word.folded.replace(/[^\p{L}\p{N}]/gu, '.'));
    return [new RegExp(String.raw`(?<![\p{L}\p{N}])${a}(?:['’]s?)?[ -](?:\p{L}+[ -]){0,2}?${b}`, 'u')];
  });
  if (whole.length === 0) return undefined;
  return ({ folded }) => !whole.every((name) => name.test(folded));
}
