import type { VectorSet } from './vector-set.ts';

/** The labels of the `k` vectors with the greatest dot product with `query`, best first, by comparing all. */
export function nearestLabels(set: VectorSet, query: Float32Array, k: number): number[] {
  const best: { label: number; score: number }[] = [];
  let worst = -Infinity;
  for (let label = 0; label < set.count; label += 1) {
    const score = dotProduct(set, label, query);
    if (best.length === k && score <= worst) continue;
    let place = best.length;
    while (place > 0 && (best[place - 1]?.score ?? 0) < score) place -= 1;
    best.splice(place, 0, { label, score });
    if (best.length > k) best.pop();
    worst = best.at(-1)?.score ?? worst;
  }
  return best.map(({ label }) => label);
}

/** Share of the true neighbours that were found, from 0 to 1; 1 where there are none. */
export function recallOf(found: readonly number[], neighbours: readonly number[]): number {
  if (neighbours.length === 0) return 1;
  const given = new Set(found);
  return neighbours.filter((label) => given.has(label)).length / neighbours.length;
}

function dotProduct({ values, dimensions }: VectorSet, label: number, query: Float32Array): number {
  const start = label * dimensions;
  let sum = 0;
  for (let index = 0; index < dimensions; index += 1) {
    sum += (values[start + index] ?? 0) * (query[index] ?? 0);
  }
  return sum;
}
