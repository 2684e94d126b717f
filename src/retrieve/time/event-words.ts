import type { Language } from '../../domain/language.ts';
import type { Span } from '../../domain/span.ts';

/** What can happen on a date; only dates of the same kind can contradict each other. */
export type EventKind =
  | 'hold'
  | 'open'
  | 'end'
  | 'issue'
  | 'adopt'
  | 'announce'
  | 'effect'
  | 'found'
  | 'build'
  | 'launch'
  | 'honour'
  | 'birth'
  | 'death';

/** A word that tells of an event, with what it tells. */
export interface EventWord extends Span {
  readonly kind: EventKind;
}

// A word belongs to the first kind that matches there. Vietnamese syllables that are half of another word are left out:
// "đăng ký" (to register), "học sinh" (pupil), "các tổ chức" (the organisations).
const english: readonly (readonly [EventKind, string])[] = [
  ['effect', 'tak(?:e|es|ing) effect|took effect|(?:in|into|in to) (?:force|effect)|effective'],
  [
    'hold',
    'tak(?:e|es|ing) place|took place|h[eo]ld|holds|holding|hosted|organi[sz]ed|convened?s?|happen(?:s|ed)?',
  ],
  ['launch', 'launch(?:es|ed|ing)?|unveil(?:s|ed)?|introduced'],
  ['open', 'open(?:s|ed|ing)?|inaugurat(?:es|ed|ing|ion)|beg[iau]ns?|starts?|started|kick(?:s|ed) off'],
  ['end', 'clos(?:es|ed|ing)|ends?|ended|conclud(?:es|ed)'],
  ['issue', 'issu(?:es|ed|ing)|sign(?:s|ed|ing)|promulgat(?:es|ed|ion)'],
  ['adopt', 'adopt(?:s|ed|ion)|pass(?:es|ed)|approv(?:es|ed|al)|enacted'],
  ['announce', 'announc(?:es|ed|ement)|publish(?:es|ed)|publication|released?'],
  ['found', 'found(?:ed|ing)|establish(?:es|ed|ment)|set up|created'],
  ['build', 'buil[dt]|construct(?:ed|ion)|complet(?:es|ed|ion)'],
  ['honour', 'honou?r(?:s|ed)|award(?:s|ed)|recogni[sz](?:es|ed)|recognition'],
  ['birth', 'born'],
  ['death', 'died'],
];
const vietnamese: readonly (readonly [EventKind, string])[] = [
  ['effect', '(?:có|hết) hiệu lực'],
  ['hold', 'diễn ra|(?<!(?:các|những|một|nhiều) )tổ chức|đăng cai'],
  ['launch', 'ra mắt|phát động|khởi động'],
  ['open', 'khai mạc|khai trương|khánh thành|mở cửa|bắt đầu|khởi công'],
  ['end', 'bế mạc|kết thúc|đóng cửa'],
  ['issue', 'ban hành|(?<!(?:đăng|chữ|nhật|thời) )ký(?: ban hành)?'],
  ['adopt', 'thông qua|phê duyệt'],
  ['announce', 'công bố|xuất bản'],
  ['found', 'thành lập|ra đời'],
  ['build', 'xây dựng|hoàn thành'],
  ['honour', 'vinh danh|công nhận|trao tặng'],
  ['birth', '(?<!(?:học|vệ|hy|thí) )sinh (?=ngày|năm|tại|ở)'],
  ['death', 'qua đời'],
];
const compiled: Record<Language, readonly (readonly [EventKind, RegExp])[]> = {
  en: compile(english),
  vi: compile(vietnamese),
};

/** The words of `text` that tell of events, in order and without overlap. Linear in the length of `text`. */
export function findEventWords(text: string, language: Language): EventWord[] {
  const found: EventWord[] = [];
  for (const [kind, pattern] of compiled[language]) {
    for (const match of text.matchAll(pattern)) {
      const end = match.index + match[0].length;
      if (found.some((other) => other.start < end && match.index < other.end)) continue;
      found.push({ kind, start: match.index, end });
    }
  }
  return found.toSorted((a, b) => a.start - b.start);
}

function compile(list: readonly (readonly [EventKind, string])[]) {
  return list.map(
    ([kind, source]) => [kind, new RegExp(`(?<!\\p{L})(?:${source})(?!\\p{L}|-\\p{L})`, 'giu')] as const,
  );
}
