import type { Language } from '../../domain/language.ts';
import type { Token } from './tokens.ts';

/** How a number bounds what it counts. */
export type Bound = 'exact' | 'over' | 'under' | 'about';

const group = (unit: string, spellings: string): (readonly [string, string])[] =>
  spellings.split('|').map((spelling) => [spelling, unit]);

/** Units in both languages, one or two words, in lower case. */
const units: ReadonlyMap<string, string> = new Map([
  ...group('%', 'percent|per cent|phần trăm'),
  ...group('VND', 'dong|đồng|vnd|vnđ'),
  ...group('USD', 'usd|dollar|dollars|us dollars|đô la|us'),
  ...group('EUR', 'eur|euro|euros'),
  ...group('ha', 'ha|hectare|hectares|héc ta|hecta'),
  ...group('km2', 'km²|km2|square kilometres|square kilometers|sq km|ki lô'),
  ...group('km', 'km|kilometre|kilometres|kilometer|kilometers'),
  ...group('m2', 'm²|m2|square metres|square meters|mét vuông'),
  ...group('t', 'tonne|tonnes|ton|tons|tấn'),
  ...group('kg', 'kg|kilogram|kilograms|ki lô gam'),
  ...group('mw', 'mw|megawatt|megawatts'),
  ...group('day', 'day|days|ngày'),
  ...group('week', 'week|weeks|tuần'),
  ...group('month', 'month|months|tháng'),
  ...group('year', 'year|years|năm'),
  ...group('decade', 'decade|decades|thập kỷ|thập niên'),
  ...group('hour', 'hour|hours|giờ'),
]);

const rates: readonly (readonly [RegExp, string])[] = [
  [
    /^\s*%?\s*(?:(?:a|per|each|every)\s+year|annually|yearly|[/]\s*năm|(?:mỗi|một|hằng|hàng)\s+năm)/iu,
    'year',
  ],
  [/^\s*%?\s*(?:(?:a|per|each|every)\s+month|monthly|[/]\s*tháng|(?:mỗi|một|hằng|hàng)\s+tháng)/iu, 'month'],
  [
    /^\s*%?\s*(?:(?:a|per|each|every)\s+(?:day|week)|daily|weekly|[/]\s*(?:ngày|tuần)|(?:mỗi|một)\s+(?:ngày|tuần))/iu,
    'day',
  ],
];

// The longer expressions come first: `không quá` is not `quá`, `ít hơn` not `hơn`.
const bounds: Record<Language, readonly (readonly [RegExp, Bound])[]> = {
  en: [
    [
      /\b(?:nearly|almost|close to|under|less than|fewer than|below|up to|at most|not quite|(?:not|no) more than)$/u,
      'under',
    ],
    [
      /\b(?:over|more than|above|exceed(?:s|ed|ing)?|at least|beyond|upwards of|no (?:fewer|less) than|surpass(?:es|ed|ing)?)$/u,
      'over',
    ],
    [/\b(?:about|around|roughly|approximately|some|circa|estimated)$/u, 'about'],
  ],
  vi: [
    [
      /(?:^|\s)(?:gần|dưới|chưa đến|chưa tới|chưa đầy|không quá|không đến|không tới|tối đa|ít hơn|thấp hơn|kém)$/u,
      'under',
    ],
    [/(?:^|\s)(?:hơn|trên|vượt|vượt mức|quá|ít nhất|tối thiểu|không dưới)$/u, 'over'],
    [/(?:^|\s)(?:khoảng|chừng|xấp xỉ|ước|độ|tầm|ước tính)$/u, 'about'],
  ],
};

/** The bound that the words before word `at` set. */
export function boundBefore(words: readonly string[], at: number, language: Language): Bound {
  const before = words
    .slice(Math.max(0, at - 4), at)
    .filter((word) => !/^(?:vnd|vnđ|usd|the|a|an|mức|con|số)$/u.test(word))
    .join(' ');
  if (language === 'vi' && /(?:^|\s)không dưới$/u.test(before)) return 'over';
  return bounds[language].find(([pattern]) => pattern.test(before))?.[1] ?? 'exact';
}

/** The unit after words `first`–`last`, or before them as `VND13` has it. */
export function unitAround(
  tokens: readonly Token[],
  text: string,
  first: number,
  last: number,
): string | undefined {
  const end = tokens[last]?.end ?? 0;
  const after = text.slice(end, end + 3);
  if (/^\s?%/u.test(after)) return '%';
  if (/[$]\s?$/u.test(tokens[first]?.gap ?? '')) return 'USD';
  const [next, following] = [tokens[last + 1], tokens[last + 2]];
  if (next && /^[\s-]*$/u.test(next.gap)) {
    const unit = units.get(`${next.lower} ${following?.lower ?? ''}`) ?? units.get(next.lower);
    if (unit !== undefined) return unit;
  }
  const before = units.get(tokens[first - 1]?.lower ?? '');
  return before === 'VND' || before === 'USD' || before === 'EUR' ? before : undefined;
}

/** What a number after word `last` is counted per. */
export function rateAfter(tokens: readonly Token[], text: string, last: number): string | undefined {
  const end = tokens[last]?.end ?? 0;
  const after = text.slice(end, end + 24);
  return rates.find(([pattern]) => pattern.test(after))?.[1];
}

/** Whether the evidence's bound bears the claim's: an exact claim rounds, an added or turned bound does not stand. */
export function boundsAgree(claim: Bound, evidence: Bound): boolean {
  return claim === evidence || claim === 'exact' || claim === 'about';
}

/** The text without the words that bound its numbers, which are compared number by number. */
export function withoutBounds(lower: string): string {
  return lower
    .replace(/\b(?:more|less|fewer|greater|higher|lower) than\b/gu, ' ')
    .replace(/(?:hơn|trên|dưới|gần|chưa đến|chưa tới|ít hơn|thấp hơn)(?=\s+\d)/gu, ' ');
}
