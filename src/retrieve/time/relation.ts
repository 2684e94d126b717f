import type { Language } from '../../domain/language.ts';
import type { Span } from '../../domain/span.ts';
import { vietnamesePatterns } from '../../domain/text/vietnamese-patterns.ts';

/** How what is asked for lies to the time that a question names. */
export type TimeRelation = 'in' | 'before' | 'after' | 'since' | 'until' | 'asOf';

// Between the word and the date only words that blur the date's edges may stand.
const blur = String.raw`(?:(?:the|end|start|beginning|middle|of|early|mid|late|year|month|ngày|tháng|năm|đầu|giữa|cuối|hết|quý|khoảng|thời điểm)[\s-]{1,3}){0,4}$`;

const english: readonly (readonly [RegExp, TimeRelation])[] = [
  [new RegExp(`\\b(?:as of|as at)\\s${blur}`, 'u'), 'asOf'],
  [new RegExp(`\\b(?:before|prior to|earlier than|ahead of|preceding)\\s${blur}`, 'u'), 'before'],
  [new RegExp(`\\b(?:after|later than|following)\\s${blur}`, 'u'), 'after'],
  [new RegExp(`\\b(?:since|starting|from)\\s${blur}`, 'u'), 'since'],
  [new RegExp(`\\b(?:until|till|through|up to|by|not later than|no later than)\\s${blur}`, 'u'), 'until'],
];
const vietnamese = vietnamesePatterns<TimeRelation>([
  [`tính (?:đến|tới)(?: hết)?\\s${blur}`, 'asOf'],
  [`trước\\s${blur}`, 'before'],
  [`(?<!về )sau\\s${blur}`, 'after'],
  [`(?:kể từ|từ|bắt đầu từ)\\s${blur}`, 'since'],
  [`(?:đến|tới|cho đến|chậm nhất)\\s${blur}`, 'until'],
]);

/** Characters before a date in which its relation is looked for. */
const reach = 60;

/** How the date at `span` of `question` is related to what is asked, see {@link relatedTime}. */
export function relationBefore(question: string, span: Span, language: Language): TimeRelation {
  return relatedTime(question, span, language).relation;
}

/**
 * How the date at `span` of `question` is related to what is asked, by the words before it, and where those begin;
 * `in` where they say nothing. "From" before a single date without "on" is where something comes from: only
 * `since` with "onwards".
 */
export function relatedTime(
  question: string,
  span: Span,
  language: Language,
): { readonly relation: TimeRelation; readonly start: number } {
  const before = question.slice(Math.max(0, span.start - reach), span.start).toLowerCase();
  const patterns = language === 'en' ? english : vietnamese(question);
  const found = patterns.find(([pattern]) => before.search(pattern) >= 0);
  if (!found) return { relation: 'in', start: span.start };
  const [pattern, relation] = found;
  const start = span.start - before.length + before.search(pattern);
  // "before the end of 2024" still includes most of 2024.
  if (relation === 'before' && /(?:end of|cuối|cuoi|hết|het)\s/u.test(before.slice(-20))) {
    return { relation: 'until', start };
  }
  const isOrigin = relation === 'since' && language !== 'vi' && /\bfrom\s/u.test(before.slice(-12));
  const isStart = /^\s?(?:on\b|onwards?\b)/u.test(question.slice(span.end));
  return isOrigin && !isStart ? { relation: 'in', start: span.start } : { relation, start };
}

/** An event that a question puts what it asks for before or after, without saying its date. */
export interface EventRelation extends Span {
  readonly relation: 'before' | 'after' | 'since' | 'until';
  /** The event in the question's words, without a leading article. */
  readonly event: string;
}

// An event begins with an article, a name or a number; "named after" and "look after" name none.
const englishEvent =
  /(?<!\b(?:named|called|look|looks|looked|looking|taken|takes|modelled|modeled|shortly|day|soon) )\b(?<word>[Bb]efore|[Pp]rior to|[Aa]fter|[Ss]ince|[Uu]ntil)\s(?:(?:the|this|that|its|their)\s(?<named>[^?.!,;:]{3,80})|(?<bare>\p{Lu}[^?.!,;:]{2,80}))/u;
const vietnameseEvent = vietnamesePatterns([
  [
    '(?<word>trước|sau|kể từ|từ|đến) (?:khi (?<clause>[^?.!,;:]{3,80})|(?<named>(?:ngày (?!\\d)|nghị quyết|quyết định|nghị định|luật|hội nghị|đại hội|sự kiện|lễ|cuộc họp|phiên họp|kỳ họp|chương trình)[^?.!,;:]{0,80}))',
    'event',
  ],
]);
const relations: Readonly<Record<string, EventRelation['relation']>> = {
  before: 'before',
  'prior to': 'before',
  trước: 'before',
  truoc: 'before',
  after: 'after',
  sau: 'after',
  since: 'since',
  'kể từ': 'since',
  'ke tu': 'since',
  từ: 'since',
  tu: 'since',
  until: 'until',
  đến: 'until',
  den: 'until',
};

/** Where an event's name ends: the question goes on, or the event is what is asked for. */
const englishEnd = /\s(?:what|who|which|when|where|how|why|did|does|do|was|were|is|are|has|have|had)\b.*$/u;
const vietnameseEnd = vietnamesePatterns([
  [' (?:thì|đã|sẽ|được|có (?:gì|ai|bao nhiêu|mấy|những)|là gì|làm gì|ra sao|thế nào|như thế nào).*$', 'end'],
]);

// A single syllable row says no more where a document's number ends, or where a name with its year does.
const vietnameseDocument =
  /^(?:.{0,12}?(?:nghị quyết|quyết định|nghị định|thông tư|chỉ thị|nghi quyet|quyet dinh|nghi dinh|thong tu|chi thi)(?: số| so)? \d[\p{L}\d/-]*)(?! (?:ngày|của|ngay|cua))/iu;
// A name with a number ("Techfest 2022"); a name alone may be a place that something is ranked behind.
const vietnameseName =
  /(?<!\p{L})(?<word>[Tt]rước|[Ss]au|[Kk]ể từ|[Tt]ruoc|[Kk]e tu)\s(?<bare>\p{Lu}[^?.!,;:\d]{1,50}?\s\d{1,4})(?![\p{L}\d/.-])/gu;

/** The first such event of `question`. */
export function findEvent(question: string, language: Language): EventRelation | undefined {
  const match = language === 'en' ? matchEnglish(question) : matchVietnamese(question);
  if (!match) return undefined;
  const { word = '', named, bare, clause } = match.groups ?? {};
  const said = named ?? bare ?? clause ?? '';
  const relation = relations[word.toLowerCase()];
  const start = match.index + match[0].length - said.length;
  const ending = language === 'en' ? englishEnd : (vietnameseEnd(question)[0]?.[0] ?? englishEnd);
  const cut = said.replace(new RegExp(ending.source, 'u'), '');
  const length = (vietnameseDocument.exec(cut)?.[0] ?? cut).length;
  const event = question.slice(start, start + length).trim();
  // "từ hội nghị nào": the event is what the question asks for.
  const isAsked = language === 'vi' && /(?:^|\s)(?<!thế |the )(?:nào|nao|mấy)(?:\s|$)/u.test(event);
  return relation && !isAsked && length > 2
    ? { start: match.index, end: start + length, relation, event }
    : undefined;
}

function matchEnglish(question: string): RegExpExecArray | undefined {
  return Array.from(question.matchAll(new RegExp(englishEvent.source, 'gu')))[0];
}

function matchVietnamese(question: string): RegExpExecArray | undefined {
  // Most events are told by their first word, whatever its case.
  const text = question.toLowerCase();
  const pattern = vietnameseEvent(question)[0]?.[0];
  const told = pattern && Array.from(text.matchAll(new RegExp(pattern.source, 'gu')))[0];
  return told ?? Array.from(question.matchAll(vietnameseName))[0];
}
