import type { Filters } from '../domain/filters.ts';

/** Most keys that are kept, of all filters together, about 100 MB: the two languages of a million passages and some more. */
const mostKeys = 3_000_000;

/** Most filters whose keys are kept. */
const mostFilters = 64;

/**
 * Keeps what `read` gives for the filters used last, as the questions of a conversation have the same. For a generation,
 * which never changes.
 */
export function rememberKeys(
  read: (filters: Filters | undefined) => ReadonlySet<number> | undefined,
): (filters: Filters | undefined) => ReadonlySet<number> | undefined {
  const kept = new Map<string, ReadonlySet<number>>();
  let total = 0;
  return (filters) => {
    if (!filters) return undefined;
    const { languages, articleIds, publishers, publishedFrom, publishedTo } = filters;
    const name = JSON.stringify([languages, articleIds, publishers, publishedFrom, publishedTo]);
    const known = kept.get(name);
    const keys = known ?? read(filters);
    if (!keys) return undefined;
    kept.delete(name);
    kept.set(name, keys);
    if (!known) total += keys.size;
    for (const [oldest, { size }] of kept) {
      if (total <= mostKeys && kept.size <= mostFilters) break;
      kept.delete(oldest);
      total -= size;
    }
    return keys;
  };
}
