import type { Filters } from '../domain/filters.ts';
import { createRecentMap } from '../domain/recent-map.ts';

/** Most keys that are kept, of all filters together, about 100 MB: the two languages of a million passages and some more. */
const mostKeys = 3_000_000;

/** Most filters whose keys are kept, however few those are. */
const mostFilters = 64;

/**
 * Keeps what `read` gives for the filters used last, as the questions of a conversation have the same. For a generation,
 * which never changes.
 */
export function rememberKeys(
  read: (filters: Filters | undefined) => ReadonlySet<number> | undefined,
): (filters: Filters | undefined) => ReadonlySet<number> | undefined {
  const kept = createRecentMap<string, ReadonlySet<number>>(mostKeys);
  return (filters) => {
    if (!filters) return undefined;
    const { languages, articleIds, publishers, publishedFrom, publishedTo } = filters;
    const name = JSON.stringify([languages, articleIds, publishers, publishedFrom, publishedTo]);
    const known = kept.get(name);
    if (known) return known;
    const keys = read(filters);
    if (keys) kept.set(name, keys, Math.max(keys.size, mostKeys / mostFilters));
    return keys;
  };
}
