/** At most `limit` of `items`, taken at even distances, so that every part of an ordered list is present. */
export function sampleEvenly<T>(items: readonly T[], limit: number | undefined): readonly T[] {
  if (limit === undefined || items.length <= limit) return items;
  const chosen = new Set(Array.from({ length: limit }, (_, n) => Math.floor((n * items.length) / limit)));
  return items.filter((_, index) => chosen.has(index));
}
