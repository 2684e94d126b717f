import { findAllDates, monthFirstReading } from '../metadata/dates.ts';

/** What a line that only dates the page says. */
export interface DateLine {
  /** `YYYY-MM-DD`, day before month where both would do. */
  readonly date: string;
  /** The other reading of a date such as 03/04/2024 where nothing in the line settles which one is meant. */
  readonly monthFirst?: string;
  /** The date is that of a change, not of publication. */
  readonly updated?: boolean;
}

/** Longest line that is taken for a date line, in UTF-16 code units. */
const maxLength = 120;

// What may stand beside the date on a line that only says when the page was published.
const dateWords =
  /(?<!\p{L})(?:thứ\s+(?:\d|hai|ba|tư|năm|sáu|bảy)|chủ nhật|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thurs?|fri|sat|sun|ngày|giờ|phút|lúc|đăng|vào|gmt|utc|ict|est|edt|pst|pdt|bst|cet|cest|cập nhật|xuất bản|ban hành|sửa|lần cuối|first|posted|published|issued|released|release|updated|modified|last|date|time|on|at|am|pm|a\.m\.|p\.m\.)(?!\p{L})/giu;
const clock = /\d{1,2}\s*(?:[:hg]\s*\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?|h(?!\p{L})|\s[ap]\.?m\.?)/giu;
const dottedClock = /\d{1,2}\.\d{2}(?=\s*(?:[ap]\.?m\b|bst|gmt|utc|ict|e[sd]t|p[sd]t|ces?t))/giu;
// Portals count readers on the same line: `Thứ 3, ngày 02/07/2024, 09:00 Lượt xem: 1.245`.
const counter =
  /(?:số\s+)?(?:lượt|lần)\s+(?:xem|đọc|truy cập)\s*:?\s*\d[\d.,]{0,12}|(?<![\d:.,])\d[\d.,]{0,12}\s*(?:lượt\s+(?:xem|đọc|truy cập)|views?(?!\p{L}))|(?<!\p{L})views?\s*:\s*\d[\d.,]{0,12}/giu;
/** Before the date of a Vietnamese document: `Bình Dương, ngày 15 tháng 5 năm 2024`. */
const place = /^\p{Lu}[\p{L} .-]{1,40},\s*(?=ngày\s+\d{1,2}\s+tháng\s)/u;
const zone = /(?:gmt|utc)\s*[+-]?\s*\d{0,2}(?::?\d{2})?|[+-]\d{2}:?\d{2}/giu;
const vietnamese = /thứ|lượt|chủ nhật|ngày|giờ|lúc|đăng|cập nhật|xuất bản|(?:gmt|utc)\s*\+\s*0?7|\+07:?00/iu;
const change = /(?:cập nhật|sửa|updated|modified|changed)/iu;
const publication = /(?:published|posted|issued|released|đăng|xuất bản|ban hành)/iu;

/** What the line `text` says if all of it says when the page was published or changed; else `undefined`. */
export function readDateLine(text: string): DateLine | undefined {
  if (text.length > maxLength) return undefined;
  const line = text.replace(place, '');
  const dates = findAllDates(line);
  if (dates.length === 0 || dates.length > 3) return undefined;
  let beside = '';
  let position = 0;
  for (const { start, end } of dates) {
    beside += `${line.slice(position, start)} `;
    position = end;
  }
  beside += line.slice(position);
  const rest = beside
    .replace(counter, ' ')
    .replace(dottedClock, ' ')
    .replace(zone, ' ')
    .replace(clock, ' ')
    .replace(dateWords, ' ');
  if (/[\p{L}\p{N}]/u.test(rest)) return undefined;
  const before = dates.map(({ start }, index) => line.slice(dates[index - 1]?.end ?? 0, start));
  const first = Math.max(
    before.findIndex((words) => !change.test(words) || publication.test(words)),
    0,
  );
  const chosen = dates[first];
  if (!chosen) return undefined;
  const monthFirst = vietnamese.test(beside)
    ? undefined
    : monthFirstReading(line.slice(chosen.start, chosen.end));
  const updated = change.test(before[first] ?? '') && !publication.test(before[first] ?? '');
  return {
    date: chosen.date,
    ...(monthFirst !== undefined && { monthFirst }),
    ...(updated && { updated }),
  };
}
