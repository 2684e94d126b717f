/** Sums by passage key, of those that were added to since the last {@link ScoreBoard.clear}. */
export interface ScoreBoard {
  /** By key; of some use only for keys of passages. */
  readonly sums: Float64Array;
  /** Keys with a sum, in the first {@link count} places. */
  readonly keys: Uint32Array;
  count: number;
  clear(): void;
}

/** @param keysEnd - above every key. */
export function createScoreBoard(keysEnd: number): ScoreBoard {
  const sums = new Float64Array(keysEnd);
  const keys = new Uint32Array(keysEnd);
  return {
    sums,
    keys,
    count: 0,
    clear() {
      for (let index = 0; index < this.count; index += 1) sums[keys[index] ?? 0] = 0;
      this.count = 0;
    },
  };
}

/** The `limit`-th largest sum of the board, 0 when there are fewer. By a heap of `limit` numbers, the smallest first. */
export function thresholdOf({ sums, keys, count }: ScoreBoard, limit: number): number {
  if (count < limit) return 0;
  const heap = new Float64Array(limit);
  for (let index = 0; index < count; index += 1) {
    const sum = sums[keys[index] ?? 0] ?? 0;
    if (sum > (heap[0] ?? 0)) replaceSmallest(heap, sum);
  }
  return heap[0] ?? 0;
}

function replaceSmallest(heap: Float64Array, value: number): void {
  let place = 0;
  for (;;) {
    let child = 2 * place + 1;
    if (child >= heap.length) break;
    if ((heap[child + 1] ?? Number.POSITIVE_INFINITY) < (heap[child] ?? 0)) child += 1;
    const smaller = heap[child] ?? 0;
    if (smaller >= value) break;
    heap[place] = smaller;
    place = child;
  }
  heap[place] = value;
}
