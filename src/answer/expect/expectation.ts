import type { Language } from '../../domain/language.ts';
import { searchTerms } from '../../domain/text/search-terms.ts';
import { vietnamesePatterns } from '../../domain/text/vietnamese-patterns.ts';
import { isStopWord } from '../../retrieve/stop-words.ts';
import { type Unit, unitQuestions } from './units.ts';

/** What sort of thing a question asks for; `other` when no rule tells. */
export type Expectation = {
  /** Analysed word for what is asked for, in the question's language: `director` in `Who is the director of …?` */
  readonly focus?: string;
} & (
  | { readonly kind: 'name' | 'year' | 'day' | 'date' | 'document' | 'reason' | 'other' }
  /** `counted`: analysed words for what is counted, in the question's language. */
  | { readonly kind: 'number'; readonly unit?: Unit; readonly counted: readonly string[] }
);

const auxiliaries = 'did|do|does|is|are|was|were|will|would|has|have|had|can|could|should|must|may';
const documents = 'decision|resolution|decree|circular';
const named =
  'city|cities|country|countries|province|provinces|town|towns|state|states|district|districts|venue|county|' +
  'company|companies|university|universities|ministry|ministries|institute|institutes|organisations?|' +
  'organizations?|agency|agencies|person|people|minister|official|leader|author|player|team|club|bank|newspaper|localit(?:y|ies)|' +
  'firms?|contractors?|manufacturers?|nations?|schools?|colleges?|academy|academies|departments?';

type Source = readonly [Expectation['kind'], string];

/** Matched against the lower-cased question, in order; the first that matches decides. */
const english: readonly Source[] = [
  ['number', '\\bhow (?:many|much|long|old|far|big|large|tall|high|wide|deep|fast)\\b'],
  [
    'number',
    '\\bwhat (?:is|was|are|were) the (?:\\w+ )?(?:value|amount|number|height|length|weight|speed|distance|depth|size|rate|capacity|maximum|minimum|limit|total) of\\b',
  ],
  ['reason', '^why\\b|\\bwhy (?:did|do|does|is|are|was|were|has|have|should)\\b'],
  ['year', '\\b(?:what|which) year\\b'],
  ['day', '\\b(?:what|which) (?:exact |precise )?(?:dates?|days?)\\b'],
  [
    'date',
    `\\bwhen (?:${auxiliaries})\\b|^when (?:the|a|an|this|it|they|he|she) |\\b(?:what|which) (?:\\w+ )?(?:month|century|decade)\\b|\\bwhat time\\b`,
  ],
  ['document', `\\b(?:which|what) (?:\\w+ )?(?:${documents})\\b`],
  ['name', `\\bwhere (?:${auxiliaries})\\b|\\b(?:which|what) (?:(?:other )?\\w+ )?(?:${named})\\b`],
  ['name', '^(?:who|whom|whose)\\b|\\bby whom\\b|\\bwhat (?:are|is) the names?\\b'],
];

/** As typed with diacritics; a question without any is matched with the rules folded. */
const vietnamese: readonly Source[] = [
  ['reason', '(?:vì|tại) sao|(?:vì|do) đâu'],
  ['year', 'năm (?:học |tài chính )?nào'],
  ['day', '(?:ngày|hôm) nào|ngày bao nhiêu'],
  ['date', '(?:khi|lúc) nào|bao giờ|(?:tháng|thế kỷ|thời gian|thời điểm) nào'],
  ['name', '(?:ở|đến|từ|tại) đâu|(?:nơi|tỉnh|thành phố|quốc gia|nước|địa phương|trường|công ty|bộ) nào'],
  ['number', 'bao nhiêu|mấy|bao xa'],
  ['document', '(?:quyết định|nghị quyết|nghị định|thông tư) nào'],
  ['name', '^ai|là ai|bởi ai|(?:người|ông|bà|bộ trưởng|lãnh đạo) nào'],
];

const englishRules = english.map(([kind, source]) => [new RegExp(source, 'u'), kind] as const);
const vietnameseRules = vietnamesePatterns(vietnamese.map(([kind, source]) => [source, kind] as const));
const englishUnits = unitQuestions.map(
  ([unit, { en }]) => [new RegExp(`(?<!\\p{L})(?:${en})(?!\\p{L})`, 'u'), unit] as const,
);
const vietnameseUnits = vietnamesePatterns(unitQuestions.map(([unit, { vi }]) => [vi, unit] as const));

/** What the first pattern that occurs in `text` stands for. */
function firstFound<T>(text: string, patterns: readonly (readonly [RegExp, T])[]): T | undefined {
  return patterns.find(([pattern]) => text.search(pattern) >= 0)?.[1];
}

const englishFocus =
  /^who (?:is|was|are|were) the (?:[\p{L}-]+ ){0,3}?([\p{L}-]+) (?:of|behind|for|in|at|per|to)\b/u;
const vietnameseFocus =
  /^ai (?:là|đang là|từng là|làm) ((?:\p{L}+ )\p{L}+)|^(\p{L}+ \p{L}+)(?: [\p{L}\d]+)* (?:là ai|của ai)\b/u;

/** The word for what is asked for, where the question has the form that names it. */
function focusOf(text: string, language: Language): string | undefined {
  const match = (language === 'en' ? englishFocus : vietnameseFocus).exec(text);
  const nounPhrase = match?.[1] ?? match?.[2];
  if (nounPhrase === undefined || (language === 'en' && isStopWord(nounPhrase, 'en'))) return undefined;
  return searchTerms(nounPhrase, language).find((term) => language === 'en' || term.includes('_'));
}

/** What sort of thing `question` asks for. */
export function expectationOf(question: string, language: Language): Expectation {
  const text = question.toLowerCase().normalize('NFC').trim();
  const focus = focusOf(text, language);
  const expectation = sortOf(text, language);
  // A unit of measure is looked for by its own signs, which are surer than the word.
  const isMeasured = expectation.kind === 'number' && expectation.unit !== undefined;
  return focus === undefined || isMeasured ? expectation : { ...expectation, focus };
}

function sortOf(text: string, language: Language): Expectation {
  const isEnglish = language === 'en';
  const unit = firstFound(text, isEnglish ? englishUnits : vietnameseUnits(text));
  const kind = firstFound(text, isEnglish ? englishRules : vietnameseRules(text)) ?? 'other';
  if (kind === 'number' || (kind === 'other' && unit && /^what|là bao nhiêu|la bao nhieu/u.test(text))) {
    return { kind: 'number', counted: countedIn(text, language), ...(unit && { unit }) };
  }
  return { kind };
}

const afterHowMany = new RegExp(`how many ((?:(?!(?:${auxiliaries})\\b)[\\p{L}-]+ ){0,3}[\\p{L}-]+)`, 'u');
const fromTheVerbOn = new RegExp(
  `\\b(?:${auxiliaries}|in|of|at|on|to|by|for|from|with|the|a|an|that|each|every|per|more|take|took|\\p{L}{2,}(?:ed|ing))\\b.*$`,
  'u',
);
const afterBaoNhieu = /(?:bao nhiêu|mấy) ((?:\p{L}+ ?){1,3})/u;

/** The words after `how many`, up to the verb. */
function countedIn(text: string, language: Language): string[] {
  const match = (language === 'en' ? afterHowMany : afterBaoNhieu).exec(text)?.[1];
  if (match === undefined) return [];
  const nounPhrase = language === 'en' ? match.replace(fromTheVerbOn, '') : match;
  return searchTerms(nounPhrase, language).filter((term) => !term.includes('_'));
}
