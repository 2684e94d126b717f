import type { Language } from '../../domain/language.ts';
import type { Span } from '../../domain/span.ts';
import { spansOverlap } from '../../domain/span.ts';
import { findDates } from '../../domain/text/dates.ts';
import { normaliseNumber } from '../../domain/text/numbers.ts';
import { type Word, words } from '../../domain/text/words.ts';
import { findNames, isCapital, type Name, namesOfTitle, touches } from './names.ts';
import { nounPhraseAt } from './noun-phrase.ts';

/** How exactly a figure is given. */
export type Exactness = 'exact' | 'about' | 'atLeast' | 'atMost';

/** A number of a sentence with what it counts and for whom. */
export interface Figure extends Span {
  readonly value: number;
  readonly exactness: Exactness;
  /** What is counted, see {@link nounPhraseAt}. */
  readonly counted: string;
  /** Folded name of what the figure belongs to; absent when the sentence names nothing. */
  readonly subject?: string;
  /** All folded names of the sentence. */
  readonly names: ReadonlySet<string>;
  readonly titleNames: ReadonlySet<string>;
  /** Years and longer periods that the sentence names, or else its title: another year is another thing. */
  readonly years: ReadonlySet<string>;
}

const exactness: readonly (readonly [RegExp, Exactness])[] = [
  [/(?:more than|over|at least|above|hơn|trên|ít nhất|tối thiểu)$/iu, 'atLeast'],
  [/(?:less than|fewer than|under|below|up to|at most|nearly|almost|gần|dưới|tối đa|không quá)$/iu, 'atMost'],
  [/(?:about|around|roughly|approximately|some|circa|khoảng|chừng|xấp xỉ|ước)$/iu, 'about'],
];

/** A number behind such a word is a part, a step or a rank, and not the whole that another article may count. */
const partial =
  /(?:another|additional|extra|further|other|of which|including|among|each|every|per|by|top|no\.?|number|thêm|trong đó|trong số|khác|mỗi|từng|thứ|số)$/iu;

const multipliers: Readonly<Record<string, number>> = {
  hundred: 1e2,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
  trăm: 1e2,
  nghìn: 1e3,
  ngàn: 1e3,
  triệu: 1e6,
  tỷ: 1e9,
  tỉ: 1e9,
};

/** Units and the most general nouns: a number of these says nothing of what it measures. Analysed words. */
const general =
  /^(?:year|month|week|dai|day|hour|minut|time|dong|vnd|usd|dollar|euro|percent|per|km|m|ha|hectar|kilomet|met|ton|kg|peopl|person|case|unit|thing|point|part|ft|feet|foot|mile|mi|mph|inch|acr|cm|mm|kw|mw|gw|kwh|gb|mb|degre|dam|hai li|nam|thang|tuan|ngay|gio|lan|nguoi|don vi|phan|diem|phan tram|met vuong)(?: |$)/u;

/** The figures of a sentence that can be compared with another sentence's. */
export function findFigures(text: string, language: Language, title: string): Figure[] {
  if (!/\d/u.test(text)) return [];
  const list = words(text);
  const dates = findDates(text, language);
  const inDate = (word: Word) => dates.some((date) => spansOverlap(date, word));
  const undated = list.map((word) => (inDate(word) ? { ...word, text: '0' } : word));
  const names = findNames(undated, text, language, title);
  const yearsIn = (source: string) =>
    findDates(source, language).flatMap(({ precision, from, to }) =>
      precision === 'year' || precision === 'period' ? [`${from.slice(0, 4)}-${to.slice(0, 4)}`] : [],
    );
  const own = yearsIn(text);
  const shared = {
    names: new Set(names.map((name) => name.text)),
    titleNames: new Set(namesOfTitle(title, language)),
    years: new Set(own.length > 0 ? own : yearsIn(title)),
  };

  const figures = list.flatMap((word, index): Figure[] => {
    if (!/^\d+(?:[.,]\d+)*$/u.test(word.text) || inDate(word) || !standsAlone(list, index, text)) return [];
    const before = text.slice(Math.max(0, word.start - 30), word.start).trimEnd();
    const scaled = scale(list, index, text);
    const value = Number(normaliseNumber(word.text)) * scaled.factor;
    const counted =
      nounPhraseAt(undated, scaled.next, text, language).key || countedBefore(undated, index, text, language);
    const preceding = before.replace(/(?:\s\S{1,12}){0,1}$/u, '');
    const kind = exactness.find(([pattern]) => pattern.test(before));
    const cue = kind ? preceding : before;
    if (!Number.isFinite(value) || counted === '' || general.test(counted) || partial.test(cue)) return [];
    const subject = subjectOf(names, index);
    return [
      {
        start: word.start,
        end: word.end,
        value,
        exactness: kind?.[1] ?? 'exact',
        counted,
        ...(subject !== undefined && { subject }),
        ...shared,
      },
    ];
  });
  // A sentence that counts the same thing twice compares; which number belongs to whom cannot be told.
  return figures.filter((figure) => figures.filter(({ counted }) => counted === figure.counted).length === 1);
}

/** The number of a document, which counts nothing. */
const documents =
  /(?:decision|resolution|decree|circular|directive|article|clause|section|page|chapter|figure of|nghị quyết|quyết định|nghị định|thông tư|chỉ thị|luật|điều|khoản|trang|con số)(?: no\.?| số)?$/iu;

/** Not part of a name (`Top 7`), a code (`57-NQ/TW`), a ratio (`3-to-1`), a percentage or a range. */
function standsAlone(list: readonly Word[], index: number, text: string): boolean {
  const [previous, word] = [list[index - 1], list[index]];
  if (!word) return false;
  if (/^(?:%|[-–/:][\p{L}\d])/u.test(text.slice(word.end, word.end + 2))) return false;
  if (/[-–/:$€£₫#]$/u.test(text.slice(Math.max(0, word.start - 1), word.start))) return false;
  if (documents.test(text.slice(Math.max(0, word.start - 30), word.start).trimEnd())) return false;
  return !(previous && index > 1 && isCapital(previous.text) && touches(previous, word, text));
}

function scale(list: readonly Word[], index: number, text: string): { factor: number; next: number } {
  let [factor, next] = [1, index + 1];
  while (touches(list[next - 1], list[next], text)) {
    const multiplier = multipliers[list[next]?.text.toLowerCase() ?? ''];
    if (multiplier === undefined) break;
    factor *= multiplier;
    next += 1;
  }
  return { factor, next };
}

/** Words before a number in which "the number of … is" is looked for. */
const lookBack = 16;

/** What is counted where the number comes last: "the number of X at about 20", "số X vào khoảng 20". */
function countedBefore(list: readonly Word[], index: number, text: string, language: Language): string {
  const link =
    language === 'en' ? /^(?:at|is|was|were|are|to|reached|hit)$/iu : /^(?:là|vào|đạt|lên|tới|đến)$/iu;
  const near = list.slice(Math.max(0, index - 4), index);
  if (
    !near.some((word) => link.test(word.text)) ||
    /[.,;:]/u.test(text.slice(near[0]?.end, list[index]?.start))
  )
    return '';
  for (let from = index - 1; from >= Math.max(0, index - lookBack); from -= 1) {
    const [a, b] = [list[from - 1]?.text.toLowerCase(), list[from]?.text.toLowerCase()];
    const begins =
      language === 'en' ? a === 'number' && b === 'of' : b === 'số' && a !== 'con' && a !== 'chỉ';
    const skipped = list[from + 1]?.text === 'lượng' ? 2 : 1;
    // In "số doanh nghiệp số của" the second one belongs to the noun, so the search goes on.
    const { key } = begins ? nounPhraseAt(list, from + skipped, text, language) : { key: '' };
    if (key !== '') return key;
  }
  return '';
}

/** The nearest name before the number, else the nearest behind it. */
function subjectOf(names: readonly Name[], index: number): string | undefined {
  const before = names.findLast((name) => name.last < index);
  return (before ?? names.find((name) => name.first > index))?.text;
}
