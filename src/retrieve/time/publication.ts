import type { Filters } from '../../domain/filters.ts';
import type { Language } from '../../domain/language.ts';
import type { Span } from '../../domain/span.ts';
import { vietnamesePatterns } from '../../domain/text/vietnamese-patterns.ts';
import { addDays } from './calendar.ts';
import type { TimeIntent } from './understand-time.ts';

// A "report" or a "paper" of some year is a thing that articles tell of, so these two are not among the words.
const englishBefore =
  /\b(?:articles?|news|stories|posts|coverage)(?: \w+){0,3}? (?:published|posted|written|released|dated|from)(?: \w+){0,4}\s$|\b(?:articles|news|stories)(?: in| of| for| since| before| after)?(?: the)?\s$/u;
const englishAfter = /^(?:['’]s?)? (?:articles?|news|stories|posts|coverage)\b/u;
const vietnameseBefore = vietnamesePatterns([
  [
    '(?:bài(?: viết| báo)?|tin(?: tức| bài)?)(?: \\p{L}+){0,3}? (?:đăng|xuất bản|được viết)(?: \\p{L}+){0,4}\\s$',
    'published',
  ],
  [
    '(?:các bài(?: viết| báo)?|tin tức|tin bài|bản tin)(?: (?:trong|của|từ|vào|hồi|ngày|tháng|năm|trước|sau)){0,3}\\s$',
    'published',
  ],
]);

/** Characters before a time in which the words about publication are looked for. */
const reach = 80;

/** Whether the time at `span` of `question` says when the wanted articles were published. */
export function constrainsPublication(question: string, span: Span, language: Language): boolean {
  const text = question.toLowerCase();
  const before = text.slice(Math.max(0, span.start - reach), span.start);
  if (language === 'en') {
    return englishBefore.test(before) || englishAfter.test(text.slice(span.end, span.end + reach));
  }
  return vietnameseBefore(question).some(([pattern]) => before.search(pattern) >= 0);
}

/**
 * The publication dates that a question demands ("articles published in 2023", "bài đăng tháng 8/2025"), as
 * filters; empty for every other question, because an article of 2025 may tell what happened in 2023.
 */
export function asFilters(intent: TimeIntent): Pick<Filters, 'publishedFrom' | 'publishedTo'> {
  const { mentioned, relation, ofPublication } = intent;
  if (!mentioned || !ofPublication) return {};
  switch (relation ?? 'in') {
    case 'before':
      return { publishedTo: addDays(mentioned.from, -1) };
    case 'after':
      return { publishedFrom: addDays(mentioned.to, 1) };
    case 'since':
      return { publishedFrom: mentioned.from };
    case 'until':
    case 'asOf':
      return { publishedTo: mentioned.to };
    case 'in':
      return { publishedFrom: mentioned.from, publishedTo: mentioned.to };
  }
}
