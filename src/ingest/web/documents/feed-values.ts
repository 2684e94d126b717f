import { type Language, languages } from '../../../domain/language.ts';
import { calendarDate } from '../../../domain/text/dates.ts';
import { parseHtml } from '../../extract/dom.ts';
import { maxTitleLength } from '../../limits.ts';
import { isoDate } from '../../metadata/dates.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** One line of plain text: titles in feeds are HTML as often as not. */
export function plainLine(value: string | undefined): string | undefined {
  const short = value?.slice(0, 1_000) ?? '';
  const text = /[<&]/u.test(short)
    ? (parseHtml(`<html><body>${short}</body></html>`).body.textContent ?? '')
    : short;
  const line = text.replace(/\s+/gu, ' ').trim().slice(0, maxTitleLength).trim();
  return line === '' ? undefined : line;
}

/** The supported language that a tag such as `vi-VN` begins with. */
export function languageOf(tag: string | undefined): Language | undefined {
  const [primary] = (tag ?? '').trim().toLowerCase().split(/[-_]/u);
  return languages.find((language) => language === primary);
}

/** The calendar date of an ISO 8601 or RFC 822 date, in the time zone that it is written in. */
export function feedDate(value: string | undefined): string | undefined {
  const text = value?.slice(0, 60) ?? '';
  const [, day, month, year] = /(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{4})\b/iu.exec(text) ?? [];
  const index = months.indexOf(month?.toLowerCase() ?? '');
  if (index === -1) return isoDate(text);
  return calendarDate(year ?? '', String(index + 1).padStart(2, '0'), (day ?? '').padStart(2, '0'));
}
