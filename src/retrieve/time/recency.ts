import type { Language } from '../../domain/language.ts';
import { vietnamesePatterns } from '../../domain/text/vietnamese-patterns.ts';

/** Which of several states of things a question is after. */
export type Recency = 'latest' | 'earliest' | 'none';

const told =
  '(?:articles?|reports?|figures?|counts?|tall(?:y|ies)|estimates?|numbers?|news|stor(?:y|ies)|coverage)';

// "current affairs" and "a current of air" are no times; "now-defunct" and "now known as" say nothing of now.
const english: readonly (readonly [RegExp, Recency])[] = [
  [
    /(?<!\bat the )\blatest\b|\bnewest\b|\bmost recent(?:ly)?\b|\bup[ -]to[ -]date\b|\blast known\b/u,
    'latest',
  ],
  [/\bcurrently\b|\bpresently\b|\bnowadays\b|\bat present\b|\bat the moment\b|\bthese days\b/u, 'latest'],
  [/\brecently\b|\brecent (?!\w+ of\b)|\bso far\b|\bto date\b|\b(?:un)?till? now\b/u, 'latest'],
  [
    /(?<!\b(?:an?|no|electric|electrical|alternating|direct|ocean|sea|water|air|gulf|strong|eddy|induced) )\bcurrent (?!(?:affairs?|accounts?|assets?|liabilit\w+|events?|of|flows?|flowing|in|through|density)\b)\w/u,
    'latest',
  ],
  [
    /(?<!\bjust )\bnow\b(?![-–])(?! (?:and|defunct|known|called|named|part|that|famous|extinct|former|then)\b)/u,
    'latest',
  ],
  [/\btoday\b(?!['’]s)|\bas of today\b/u, 'latest'],
  [new RegExp(`\\b(?:earliest|oldest) ${told}\\b`, 'u'), 'earliest'],
];

const vietnamese = vietnamesePatterns<Recency>([
  ['mới nhất|gần đây nhất|gần nhất|gần đây|mới đây|cập nhật nhất|dạo này', 'latest'],
  ['hiện nay|hiện tại|hiện thời|hiện giờ|bây giờ|lúc này|ngày nay|hôm nay', 'latest'],
  ['hiện (?=(?:có|đang|là|còn|được|đã|do)(?!\\p{L}))(?:có|đang|là|còn|được|đã|do)', 'latest'],
  ['(?:đến|tới) (?:nay|giờ)', 'latest'],
  ['(?:bài(?: viết| báo)?|số liệu|con số|tin|thông tin|báo cáo|ước tính) (?:cũ|sớm) nhất', 'earliest'],
]);

/** Whether `question` asks for the newest or the oldest state of things. */
export function findRecency(question: string, language: Language): Recency {
  const text = question.toLowerCase().normalize('NFC');
  const patterns = language === 'en' ? english : vietnamese(question);
  return patterns.find(([pattern]) => text.search(pattern) >= 0)?.[1] ?? 'none';
}
