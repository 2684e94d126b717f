import type { FileNote } from '../../domain/ingest-job.ts';

/** A page that is kept. */
export interface FetchedPage {
  /** Path in the corpus, such as `added/web/example.com/news-0a1b2c3d.html`. */
  readonly file: string;
  /** Canonical. */
  readonly address: string;
}

/** What came of looking at addresses. Every page that was looked for is in one of the lists. */
export interface FetchReport {
  /** New, or in a new version. */
  readonly stored: readonly FetchedPage[];
  readonly unchanged: readonly FetchedPage[];
  /** No longer at its address; what was fetched before is kept. */
  readonly gone: readonly FetchedPage[];
  /** Left out on purpose, by address. */
  readonly skipped: readonly FileNote[];
  /** By address. What was fetched before is kept. */
  readonly failed: readonly FileNote[];
}

/** What came of one page. */
export type PageOutcome =
  | { readonly kind: 'stored' | 'unchanged' | 'gone'; readonly page: FetchedPage }
  | { readonly kind: 'skipped' | 'failed'; readonly note: FileNote };

/** Sorts outcomes into a report; a page that was met twice is listed once. */
export function reportOf(outcomes: readonly PageOutcome[]): FetchReport {
  const pages = (kind: PageOutcome['kind']) =>
    distinct(
      outcomes.flatMap((outcome) => (outcome.kind === kind && 'page' in outcome ? outcome.page : [])),
      ({ file }) => file,
    );
  const notes = (kind: PageOutcome['kind']) =>
    distinct(
      outcomes.flatMap((outcome) => (outcome.kind === kind && 'note' in outcome ? outcome.note : [])),
      ({ file }) => file,
    );
  const stored = pages('stored');
  const isStored = new Set(stored.map(({ file }) => file));
  return {
    stored,
    unchanged: pages('unchanged').filter(({ file }) => !isStored.has(file)),
    gone: pages('gone').filter(({ file }) => !isStored.has(file)),
    skipped: notes('skipped'),
    failed: notes('failed'),
  };
}

function distinct<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  return Array.from(new Map(items.map((item) => [keyOf(item), item])).values());
}
