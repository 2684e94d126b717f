import type { Language } from '../domain/language.ts';
import { foldDiacritics } from '../domain/text/fold.ts';
import { words } from '../domain/text/words.ts';

/** What sort of thing a question asks for; `other` when no rule tells. */
export type AnswerKind = 'person' | 'place' | 'date' | 'number' | 'document' | 'other';

type Rules = readonly (readonly [AnswerKind, RegExp])[];

const documents =
  'decision|resolution|law|decree|circular|directive|plan|programme|program|agreement|treaty|act|bill';
const measures =
  'number|rank|ranking|population|area|size|cost|price|budget|percentage|percent|proportion|share|rate|total|' +
  'amount|value|length|height|width|weight|speed|distance|depth|age|capacity|temperature|score|revenue|salary|gdp';

const places =
  'city|country|province|place|region|town|state|location|district|village|continent|venue|county';

/** Matched against the lower-cased question; the first rule that matches decides. */
const englishRules: Rules = [
  ['number', /\bhow (?:many|much|long|old|far|big|large|tall|high|wide|deep|fast|often)\b/u],
  ['date', /\bwhen\b|\b(?:what|which|whose) (?:\w+ )?(?:year|date|day|month|time|century|decade)\b/u],
  [
    'number',
    new RegExp(`\\b(?:what|which)(?: is| was| are| were|'s)?(?: \\S+){0,4} (?:${measures})\\b`, 'u'),
  ],
  ['document', new RegExp(`\\b(?:which|what) (?:\\w+ )?(?:${documents})\\b`, 'u')],
  ['place', new RegExp(`\\bwhere\\b|\\b(?:which|what) (?:\\w+ )?(?:${places})\\b`, 'u')],
  ['person', /\b(?:who|whom|whose)\b|\bwhich (?:person|minister|official|leader|author)\b/u],
];

/** Matched against the folded question. */
const vietnameseRules: Rules = [
  ['date', /\b(?:khi nao|luc nao|bao gio|(?:ngay|thang|nam|the ky|thoi gian|thoi diem) (?:nao|may))\b/u],
  ['number', /\b(?:bao nhieu|may|bao lau|bao xa|thu may|hang may|ty le|dan so|dien tich)\b/u],
  ['document', /\b(?:quyet dinh|nghi quyet|luat|nghi dinh|thong tu|chi thi|van ban) (?:\S+ )?nao\b/u],
  [
    'place',
    /\b(?:o dau|den dau|tu dau|tai dau|(?:noi|tinh|thanh pho|nuoc|quoc gia|vung|khu vuc|dia phuong) nao)\b/u,
  ],
  ['person', /(?:^|\s)(?:ai|(?:nguoi|vi|ong|ba|bo truong) nao)(?:\s|[?.,]|$)/u],
];

/** What sort of thing `question` asks for. */
export function answerKind(question: string, language: Language): AnswerKind {
  const text = language === 'vi' ? foldDiacritics(question) : question.toLowerCase();
  const rules = language === 'vi' ? vietnameseRules : englishRules;
  return rules.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other';
}

const numberWords =
  /\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundreds?|thousands?|millions?|billions?|dozens?|half|quarter|third|first|second|fourth|fifth|both|một|ba|bốn|năm|sáu|bảy|tám|chín|mười|trăm|nghìn|triệu|tỷ|nửa)\b/iu;

const monthWords =
  /\b(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|century|decade|today|yesterday|ngày|tháng|năm|thế kỷ|thập niên)\b/iu;

/** The documents' own numbers: `No. 708`, `57-NQ/TW`, `Decision 1131`, `Nghị quyết 57`. */
const documentNumber = new RegExp(
  `(?:\\b(?:${documents}|no\\.|số|quyết định|nghị quyết|luật|nghị định|thông tư)\\s*(?:no\\.?|số)?\\s*\\d)|\\d+[-/][A-ZĐ]`,
  'iu',
);

/**
 * Whether `sentence` holds something of the sort asked for that the question does not already say.
 * Cheap on purpose: names are told by their capitals, so it errs towards true.
 */
export function holdsKind(sentence: string, kind: AnswerKind, question: string): boolean {
  switch (kind) {
    case 'number':
      return newNumbers(sentence, question).length > 0 || numberWords.test(sentence);
    case 'date':
      return (
        newNumbers(sentence, question).some((number) => /^(?:1\d{3}|20\d{2}|\d{1,2})$/u.test(number)) ||
        monthWords.test(sentence)
      );
    case 'document':
      return documentNumber.test(sentence);
    case 'person':
    case 'place':
      return newNames(sentence, question).length > 0;
    case 'other':
      return true;
  }
}

function newNumbers(sentence: string, question: string): string[] {
  const known = new Set(words(question).map((word) => word.text));
  return words(sentence)
    .map((word) => word.text)
    .filter((word) => /^\d/u.test(word) && !known.has(word));
}

function newNames(sentence: string, question: string): string[] {
  const known = new Set(words(foldDiacritics(question)).map((word) => word.text));
  const all = words(sentence);
  return all
    .filter((word, index) => {
      if (!/^\p{Lu}/u.test(word.text) || known.has(foldDiacritics(word.text))) return false;
      const next = all[index + 1];
      return index > 0 || (next !== undefined && /^\p{Lu}/u.test(next.text));
    })
    .map((word) => word.text);
}
