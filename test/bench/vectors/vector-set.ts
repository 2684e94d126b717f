import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Vectors of unit length, one after another. */
export interface VectorSet {
  readonly count: number;
  readonly dimensions: number;
  /** All numbers. */
  readonly values: Float32Array;
}

/** Reads the numbers that {@link writeNumbers} wrote. */
export async function readVectorSet(folder: string, name: string, dimensions: number): Promise<VectorSet> {
  const { buffer, byteOffset, byteLength } = await readFile(join(folder, name));
  const values = new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
  return { count: values.length / dimensions, dimensions, values };
}

/** Numbers as bytes of this machine's order. */
export async function writeNumbers(
  folder: string,
  name: string,
  values: Float32Array | Uint32Array,
): Promise<void> {
  await writeFile(join(folder, name), new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

/** The vector at `index` as the arrays that most stores ask for. */
export function vectorAt({ values, dimensions }: VectorSet, index: number): number[] {
  return Array.from(values.subarray(index * dimensions, (index + 1) * dimensions));
}

/** Ranges of at most `size` vectors, in order. */
export function* batchesOf({ count }: VectorSet, size: number): Generator<{ start: number; end: number }> {
  for (let start = 0; start < count; start += size) yield { start, end: Math.min(count, start + size) };
}

/** The vectors of a range, with the numbers that they go by. */
export function numberedVectors(
  set: VectorSet,
  { start, end }: { readonly start: number; readonly end: number },
): { readonly label: number; readonly vector: number[] }[] {
  return Array.from({ length: end - start }, (_, index) => ({
    label: start + index,
    vector: vectorAt(set, start + index),
  }));
}
