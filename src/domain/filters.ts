import type { Language } from './language.ts';

/** Restricts retrieval to some articles. Conditions are combined with AND; the values of one with OR. */
export interface Filters {
  readonly languages?: readonly Language[];
  readonly articleIds?: readonly string[];
  readonly publishers?: readonly string[];
  /** Earliest publication date, `YYYY-MM-DD`, inclusive. Articles without a date never match. */
  readonly publishedFrom?: string;
  /** Latest publication date, `YYYY-MM-DD`, inclusive. Articles without a date never match. */
  readonly publishedTo?: string;
}

/** Whether `filters` restricts anything. */
export function hasFilters(filters: Filters | undefined): filters is Filters {
  return filters !== undefined && Object.values(filters).some((value) => value !== undefined);
}
