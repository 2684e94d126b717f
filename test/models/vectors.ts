/** Cosine of the angle between two unit vectors. */
export function cosine(a: readonly number[] = [], b: readonly number[] = []): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

/** Options without prefixes, for one worker less than a crowded machine would feel. */
export const plain = { queryPrefix: '', passagePrefix: '', workers: 2 } as const;

/** A text of `count` words that differs by `seed`. */
export function wordy(count: number, seed = 0): string {
  const words = ['rice', 'province', 'battery', 'decree', 'harbour', 'student', 'satellite', 'market', 'law'];
  return Array.from({ length: count }, (_, index) => words[(index * index + seed) % words.length]).join(' ');
}
