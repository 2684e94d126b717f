import type { Sidecar } from '../../added/sidecar.ts';

/** A page that a feed, sitemap or list names. */
export interface ListedPage {
  /** Absolute http(s) address. */
  readonly url: string;
  /** When it was last changed, in milliseconds since 1970, as far as the list says. */
  readonly changedAt?: number;
  /** What the list says of it. */
  readonly feed?: NonNullable<Sidecar['feed']>;
}

/** The newest first; those without a date keep their order at the end. */
export function newestFirst(pages: readonly ListedPage[]): readonly ListedPage[] {
  const timeOf = ({ changedAt }: ListedPage) => changedAt ?? Number.NEGATIVE_INFINITY;
  return pages.toSorted((a, b) => (timeOf(a) === timeOf(b) ? 0 : timeOf(b) - timeOf(a)));
}

/** Milliseconds since 1970 of a date in any form that lists write; `undefined` for what is none. */
export function instant(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const time = Date.parse(value.trim().slice(0, 60));
  return Number.isNaN(time) ? undefined : time;
}
