/** Does `work` with each item, some at a time; the results are in the order of the items. The first failure ends it. */
export async function eachOf<T, R>(
  items: readonly T[],
  concurrency: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const queue = items.entries();
  let failed = false;
  async function run(): Promise<void> {
    for (const [index, item] of queue) {
      if (failed) return;
      try {
        results.set(index, await work(item));
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  }
  const runs = Array.from({ length: Math.min(concurrency, items.length) }, run);
  // All have ended before a failure is told: nothing goes on behind the caller's back.
  await Promise.allSettled(runs);
  await Promise.all(runs);
  return Array.from(results)
    .toSorted(([a], [b]) => a - b)
    .map(([, result]) => result);
}
