import { shinglesOf } from './shingles.ts';

/** Minima of a signature. The standard error of an estimated resemblance is at most 0.5 / √128 = 0.044. */
export const permutations = 128;

/** Texts with fewer runs of words (about 30 words) say too little to be compared. */
const fewestShingles = 27;

/** Odd factors and summands, the same ones for ever: signatures are stored. */
const [factors, summands] = makePermutations();

/**
 * What of a text is enough to tell nearly equal ones: the number of its distinct shingles, and behind it, for each of
 * 128 permutations of all numbers, the lowest one that a shingle has there. Empty for a text too short to compare.
 *
 * A. Broder, "On the resemblance and containment of documents", 1997. Signatures are stored and compared with new ones,
 * so whoever changes them raises the format of the index.
 *
 * @returns 129 numbers, or none.
 */
export function minHash(text: string): Uint32Array {
  const shingles = Int32Array.from(shinglesOf(text), scatter);
  if (shingles.length < fewestShingles) return new Uint32Array();
  const signature = new Uint32Array(permutations + 1);
  signature[0] = shingles.length;
  for (let place = 0; place < permutations; place += 1) {
    const factor = factors[place] ?? 1;
    const summand = summands[place] ?? 0;
    // Signed numbers, whose order is as good as any, stay machine integers.
    let least = 0x7fffffff;
    for (let index = 0; index < shingles.length; index += 1) {
      const moved = (Math.imul(shingles[index] ?? 0, factor) + summand) | 0;
      if (moved < least) least = moved;
    }
    signature[place + 1] = least;
  }
  return signature;
}

/**
 * The share of the shingles of two texts that both have (their Jaccard index), estimated from their signatures, 0–1; 0
 * where a text is too short to compare.
 */
export function resemblance(a: Uint32Array, b: Uint32Array): number {
  if (a.length !== permutations + 1 || b.length !== permutations + 1) return 0;
  let equal = 0;
  for (let place = 1; place <= permutations; place += 1) if (a[place] === b[place]) equal += 1;
  return equal / permutations;
}

/**
 * The share of the shorter text's shingles that the longer one holds, estimated, 0–1. What they share is J / (1 + J) of
 * both sizes together, where J is their resemblance.
 */
export function estimatedContainment(a: Uint32Array, b: Uint32Array): number {
  const alike = resemblance(a, b);
  const [sizeOfA, sizeOfB] = [a[0] ?? 0, b[0] ?? 0];
  const shared = (alike / (1 + alike)) * (sizeOfA + sizeOfB);
  return Math.min(1, shared / Math.max(1, Math.min(sizeOfA, sizeOfB)));
}

/** Spreads numbers that lie near one another over all 32 bits (the last step of MurmurHash3). */
function scatter(value: number): number {
  const first = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return second ^ (second >>> 16);
}

function makePermutations(): [factors: Int32Array, summands: Int32Array] {
  const draw = (_: unknown, index: number) => scatter(Math.imul(index + 1, 0x9e3779b9));
  const numbers = Int32Array.from({ length: 2 * permutations }, draw);
  return [numbers.slice(0, permutations).map((value) => value | 1), numbers.slice(permutations)];
}
