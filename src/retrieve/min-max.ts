/**
 * Maps scores linearly to 0–1 by the lowest and highest of `scores`.
 *
 * @param whenEqual - what every score becomes where all are equal.
 */
export function minMax(scores: readonly number[], whenEqual: 0 | 1): (score: number) => number {
  const lowest = Math.min(...scores);
  const range = Math.max(...scores) - lowest;
  return (score) => (range > 0 ? (score - lowest) / range : whenEqual);
}
