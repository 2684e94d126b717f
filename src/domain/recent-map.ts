/** What was used lately, up to a stated weight; see {@link createRecentMap}. */
export interface RecentMap<K, V> {
  get(key: K): V | undefined;
  /** @param weight - what the entry counts against the limit; 1 where left out. */
  set(key: K, value: V, weight?: number): void;
}

/**
 * Keeps what was used lately in two halves: a full young half becomes the old one, whose entries go unless they are used
 * again. Nearly as choosy as a list in the order of use (LRU), and a hit costs one or two look-ups and no
 * rearranging (the second-chance scheme of F. J. Corbató, "A Paging Experiment with the Multics System", 1968, in bulk).
 *
 * For what can be made again: an entry may go at any time.
 *
 * @param most - the weight of all entries together, at most; a single entry that weighs more than half of it is not kept.
 */
export function createRecentMap<K, V>(most: number): RecentMap<K, V> {
  interface Entry {
    readonly value: V;
    readonly weight: number;
  }
  const half = most / 2;
  let young = new Map<K, Entry>();
  let old = new Map<K, Entry>();
  let weightOfYoung = 0;

  /** @param key - in neither half. */
  function put(key: K, entry: Entry): void {
    if (entry.weight > half) return;
    if (weightOfYoung + entry.weight > half) {
      old = young;
      young = new Map();
      weightOfYoung = 0;
    }
    young.set(key, entry);
    weightOfYoung += entry.weight;
  }

  return {
    get(key) {
      const current = young.get(key);
      if (current) return current.value;
      const earlier = old.get(key);
      if (!earlier) return undefined;
      old.delete(key);
      put(key, earlier);
      return earlier.value;
    },
    set(key, value, weight = 1) {
      old.delete(key);
      weightOfYoung -= young.get(key)?.weight ?? 0;
      young.delete(key);
      put(key, { value, weight });
    },
  };
}
