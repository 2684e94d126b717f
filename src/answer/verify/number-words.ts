import type { Language } from '../../domain/language.ts';

const counted = (text: string, from = 0): (readonly [string, number])[] =>
  text.split(' ').map((word, index) => [word, index + from]);

const englishUnits = new Map(
  counted(
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
  ),
);
/** Two of something, in words of their own. */
const pairs = new Set(['both', 'twice', 'either', 'double', 'pair']);
const englishTens = new Map(
  counted('twenty thirty forty fifty sixty seventy eighty ninety', 2).map(([word, ten]) => [word, ten * 10]),
);
const englishOrdinals = new Map(
  counted(
    'second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth',
    2,
  ),
);
const vietnameseUnits = new Map<string, number>([
  ...counted('không một hai ba bốn năm sáu bảy tám chín mười'),
  ['bẩy', 7],
]);
const vietnameseAfterTens = new Map<string, number>([
  ...vietnameseUnits,
  ['mốt', 1],
  ['tư', 4],
  ['lăm', 5],
  ['nhăm', 5],
]);

const roman = new Map(counted('II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX', 2));

/** Factors that follow a number. */
export const magnitudes: Record<Language, ReadonlyMap<string, number>> = {
  en: new Map([
    ['hundred', 1e2],
    ['thousand', 1e3],
    ['million', 1e6],
    ['mn', 1e6],
    ['mln', 1e6],
    ['billion', 1e9],
    ['bn', 1e9],
    ['trillion', 1e12],
    ['tn', 1e12],
  ]),
  vi: new Map([
    ['trăm', 1e2],
    ['nghìn', 1e3],
    ['ngàn', 1e3],
    ['triệu', 1e6],
    ['tỷ', 1e9],
    ['tỉ', 1e9],
  ]),
};

/** Plural magnitudes that stand for a number not given: `hundreds of booths`, `hàng trăm gian hàng`. */
export const vagueMagnitudes: ReadonlyMap<string, number> = new Map([
  ['dozens', 10],
  ['hundreds', 1e2],
  ['thousands', 1e3],
  ['millions', 1e6],
  ['billions', 1e9],
]);

/** A number found in words. */
export interface NumberWords {
  readonly value: number;
  /** How many words it takes. */
  readonly length: number;
  readonly ordinal: boolean;
  /** `both`, `cả hai`, `hai lần`: borne by many a turn of phrase. */
  readonly soft?: boolean;
}

/**
 * The number that begins at word `at` of lower-case `words`, or `undefined`. `first` and `thứ nhất` are left
 * to the rule on scope words. Magnitudes are not read here.
 */
export function numberInWords(
  words: readonly string[],
  at: number,
  language: Language,
): NumberWords | undefined {
  return language === 'en' ? english(words, at) : vietnamese(words, at);
}

/** The value of a Roman numeral of two letters or more, or of `V` and `X` after a word that numbers things. */
export function romanNumeral(text: string): number | undefined {
  return text.length > 1 ? roman.get(text) : undefined;
}

function english(words: readonly string[], at: number): NumberWords | undefined {
  const word = words[at] ?? '';
  if (pairs.has(word)) return { value: 2, length: 1, ordinal: false, soft: true };
  const ordinal = englishOrdinals.get(word);
  if (ordinal !== undefined) return { value: ordinal, length: 1, ordinal: true };
  const tens = englishTens.get(word);
  if (tens === undefined) {
    const unit = englishUnits.get(word);
    return unit === undefined ? undefined : { value: unit, length: 1, ordinal: false };
  }
  const unit = englishUnits.get(words[at + 1] ?? '') ?? 0;
  return unit > 0 && unit < 10
    ? { value: tens + unit, length: 2, ordinal: false }
    : { value: tens, length: 1, ordinal: false };
}

// `năm` is five or year, `không` zero or not: the words around tell.
const beforeYear =
  /^(?:một|mỗi|hàng|hằng|trong|nhiều|cả|cuối|đầu|các|những|từng|mấy|giữa|vào|theo|từ|đến|sau|qua)$/u;
const afterYear = /^(?:nay|ngoái|trước|sau|tới|qua|và|học|tháng|đó|này|ấy|kế|cuối|đầu|gần)$/u;

function vietnamese(words: readonly string[], at: number): NumberWords | undefined {
  const word = words[at] ?? '';
  if (word === 'thứ') {
    const value = vietnameseAfterTens.get(words[at + 1] ?? '');
    return value !== undefined && value > 1 ? { value, length: 2, ordinal: true } : undefined;
  }
  const value = vietnameseUnits.get(word);
  if (value === undefined || word === 'không') return undefined;
  const next = words[at + 1] ?? '';
  if (next === 'mươi') {
    const unit = vietnameseAfterTens.get(words[at + 2] ?? '');
    return { value: value * 10 + (unit ?? 0), length: unit === undefined ? 2 : 3, ordinal: false };
  }
  if (value === 10) {
    const unit = vietnameseAfterTens.get(next);
    return unit === undefined || unit > 9
      ? { value, length: 1, ordinal: false }
      : { value: value + unit, length: 2, ordinal: false };
  }
  const before = words[at - 1] ?? '';
  if (
    word === 'năm' &&
    (next === '' || beforeYear.test(before) || afterYear.test(next) || /\d$/u.test(before))
  ) {
    return undefined;
  }
  const soft = value <= 3 && (/^(?:cả|giữa)$/u.test(before) || next === 'lần');
  return { value, length: 1, ordinal: false, ...(soft && { soft }) };
}
