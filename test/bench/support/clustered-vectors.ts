import { normalNumbers, randomNumbers } from './random.ts';

/** Topics that texts are about; each is a centre around which vectors lie. */
const clusters = 1000;

/** How far from its centre a vector lies: the cosine of two passages of one topic is about 0.5, as with real ones. */
const noise = 0.95;

/** Normal numbers are drawn once and taken from changing places: drawing them anew takes longer than anything measured. */
const pooled = 1 << 20;

/** Vectors of unit length, near one of a thousand centres. */
export interface ClusteredVectors {
  /** A vector of topic `topic`; every call gives another. */
  near(topic: number): number[];
  /** A vector close to `vector`: a sentence of the passage. */
  beside(vector: readonly number[]): number[];
}

/** Vectors for benchmarks: the same for the same seed and the same calls. */
export function createClusteredVectors({
  dimensions,
  seed,
}: {
  readonly dimensions: number;
  readonly seed: number;
}): ClusteredVectors {
  const random = randomNumbers(seed);
  const normal = normalNumbers(random);
  const pool = Float32Array.from({ length: pooled }, normal);
  const centres = Float32Array.from({ length: clusters * dimensions }, normal);

  function disturbed(at: (index: number) => number, share: number): number[] {
    const start = Math.floor(random() * (pooled - dimensions));
    let squares = 0;
    const vector = Array.from({ length: dimensions }, (_, index) => {
      const value = at(index) + share * (pool[start + index] ?? 0);
      squares += value * value;
      return value;
    });
    const length = Math.sqrt(squares);
    return vector.map((value) => value / length);
  }

  return {
    near: (topic) => {
      const start = (topic % clusters) * dimensions;
      return disturbed((index) => centres[start + index] ?? 0, noise);
    },
    beside: (vector) => {
      const scale = Math.sqrt(dimensions);
      return disturbed((index) => (vector[index] ?? 0) * scale, 0.6);
    },
  };
}
