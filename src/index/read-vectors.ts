import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

import { recordStart, vectorOffset, type VectorHeader } from './vector-header.ts';
import { createVectorMemory, type VectorMemory } from './vector-memory.ts';

/** Few enough to be hashed in ten milliseconds. */
const bytesPerRead = 2 << 20;

const floatBytes = 4;
const floatsPerLabel = 2;

/** What a file of vectors holds. */
export interface VectorContent {
  /** In the order of the file. */
  readonly vectors: VectorMemory;
  /** Labels of those that are marked as removed. */
  readonly removed: Set<number>;
  /** Of the whole file, 64 hexadecimal digits. */
  readonly sha256: string;
}

/**
 * Reads a file of vectors once, from its beginning to its end. What is damaged is read all the same: nothing of it may be
 * used before the checksum has been compared.
 */
export async function readVectors(
  file: FileHandle,
  header: VectorHeader,
  bytes: number,
): Promise<VectorContent> {
  const hash = createHash('sha256');
  const vectors = createVectorMemory(header.dimensions);
  const removed = new Set<number>();
  const start = recordStart(header.kind);
  const end = start + header.count * header.record;
  const perRead = Math.max(1, Math.floor(bytesPerRead / header.record)) * header.record;
  const buffer = new ArrayBuffer(perRead);

  const read = async (position: number, length: number) => {
    const piece = new Uint8Array(buffer, 0, length);
    for (let filled = 0; filled < length;) {
      const { bytesRead } = await file.read(piece, filled, length - filled, position + filled);
      if (bytesRead === 0) throw new Error('the file ends too early');
      filled += bytesRead;
    }
    hash.update(piece);
  };

  await read(0, start);
  for (let position = start; position < end; position += perRead) {
    const length = Math.min(perRead, end - position);
    await read(position, length);
    takeRecords(buffer, length, header, vectors, removed);
  }
  for (let position = end; position < bytes; position += perRead) {
    await read(position, Math.min(perRead, bytes - position));
  }
  return { vectors, removed, sha256: hash.digest('hex') };
}

/** Records are whole multiples of four bytes, so their numbers can be read where they are. */
function takeRecords(
  buffer: ArrayBuffer,
  length: number,
  header: VectorHeader,
  vectors: VectorMemory,
  removed: Set<number>,
): void {
  const record = header.record / floatBytes;
  const vectorStart = vectorOffset(header) / floatBytes;
  const floats = new Float32Array(buffer);
  const words = new Uint32Array(buffer);
  for (let first = 0; first < length / floatBytes; first += record) {
    const label = words[first + record - floatsPerLabel] ?? 0;
    // The third byte of a graph's record is its mark; see `isRemoved`.
    const isRemoved = header.kind === 'graph' && (((words[first] ?? 0) >>> 16) & 1) === 1;
    const from = first + vectorStart;
    if (isRemoved) removed.add(label);
    else vectors.put(label, floats.subarray(from, from + header.dimensions));
  }
}
