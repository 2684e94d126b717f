import type { DateInterval } from '../../domain/text/dates.ts';

/** A stretch of the calendar. Weeks begin on Monday (ISO 8601). */
export type CalendarUnit = 'day' | 'week' | 'month' | 'quarter' | 'year';

const dayLength = 86_400_000;

/** The calendar date of `time` in UTC, `YYYY-MM-DD`. */
export function isoDay(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** Days since 1970-01-01 of an ISO date. */
export function dayNumber(date: string): number {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / dayLength);
}

/** Days of an interval, both ends included. */
export function spanLength({ from, to }: DateInterval): number {
  return dayNumber(to) - dayNumber(from) + 1;
}

/** The ISO date `count` days after `date` (before, where negative). */
export function addDays(date: string, count: number): string {
  return isoDay(new Date((dayNumber(date) + count) * dayLength));
}

/** The whole unit that lies `offset` units from the one that holds `now`; 0 is this one, −1 the last. */
export function calendarPeriod(unit: CalendarUnit, offset: number, now: Date): DateInterval {
  const [y, m, d] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  const span = (from: number, to: number) => ({ from: isoDay(new Date(from)), to: isoDay(new Date(to)) });
  switch (unit) {
    case 'day':
      return span(Date.UTC(y, m, d + offset), Date.UTC(y, m, d + offset));
    case 'week': {
      const monday = d - ((now.getUTCDay() + 6) % 7) + offset * 7;
      return span(Date.UTC(y, m, monday), Date.UTC(y, m, monday + 6));
    }
    case 'month':
      return span(Date.UTC(y, m + offset, 1), Date.UTC(y, m + offset + 1, 0));
    case 'quarter': {
      const first = Math.floor(m / 3) * 3 + offset * 3;
      return span(Date.UTC(y, first, 1), Date.UTC(y, first + 3, 0));
    }
    case 'year':
      return span(Date.UTC(y + offset, 0, 1), Date.UTC(y + offset, 11, 31));
  }
}

/** The `count` units that end on the day of `now`, such as the last three months. */
export function rollingPeriod(unit: CalendarUnit, count: number, now: Date): DateInterval {
  const [y, m, d] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  const lastOfMonth = (months: number) => new Date(Date.UTC(y, m - months + 1, 0)).getUTCDate();
  const monthsBack = (months: number) => Date.UTC(y, m - months, Math.min(d, lastOfMonth(months)));
  const from = {
    day: () => Date.UTC(y, m, d - count),
    week: () => Date.UTC(y, m, d - 7 * count),
    month: () => monthsBack(count),
    quarter: () => monthsBack(3 * count),
    year: () => monthsBack(12 * count),
  }[unit]();
  return { from: isoDay(new Date(from)), to: isoDay(now) };
}
