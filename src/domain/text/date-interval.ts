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
