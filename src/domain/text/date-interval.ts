import type { Span } from '../span.ts';

/** A stretch of calendar days, both ends included, as ISO 8601 dates `YYYY-MM-DD`. `from <= to`. */
export interface DateInterval {
  readonly from: string;
  readonly to: string;
}

/** A date or period named in a text, with the characters that name it. */
export interface DateMention extends Span, DateInterval {
  /** How exactly the text names it; `period` is a run of days, months or years, or a decade. */
  readonly precision: 'day' | 'month' | 'quarter' | 'year' | 'period';
}

/** Whether the two intervals share at least one day. */
export function intervalsOverlap(a: DateInterval, b: DateInterval): boolean {
  return a.from <= b.to && b.from <= a.to;
}

/** A real date as `YYYY-MM-DD`, from its parts in digits; `undefined` where there is no such day. */
export function calendarDate(year = '', month = '', day = ''): string | undefined {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text) ? text : undefined;
}
