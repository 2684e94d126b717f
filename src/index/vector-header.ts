import type { FileHandle } from 'node:fs/promises';

/** What a file of hnswlib says of itself. */
export interface VectorHeader {
  readonly kind: 'exact' | 'graph';
  readonly dimensions: number;
  readonly count: number;
  /** Bytes from one vector to the next. */
  readonly record: number;
  readonly m: number;
  readonly efConstruction: number;
  /** Whether the file is as long as its content needs. */
  readonly complete: boolean;
}

const floatBytes = 4;
const labelBytes = 8;
const exactHeaderBytes = 24;
const graphHeaderBytes = 96;
const recordsPerRead = 1024;

/**
 * Reads the header that hnswlib 0.8 (inside hnswlib-node 3.0.0) writes on 64-bit machines: `saveIndex` in its
 * `bruteforce.h` and `hnswalg.h`. An exact file starts with capacity, record size and count; a graph starts
 * with the offset of its first level, which is always 0 and never a capacity.
 */
export async function readVectorHeader(file: FileHandle): Promise<VectorHeader> {
  const { size } = await file.stat();
  const header = Buffer.alloc(graphHeaderBytes);
  const { bytesRead } = await file.read(header, 0, graphHeaderBytes, 0);
  if (bytesRead < exactHeaderBytes) throw new Error('the file is too short for vectors');
  const number = (offset: number) => Number(header.readBigUInt64LE(offset));
  if (number(0) > 0) {
    const [capacity, record] = [number(0), number(8)];
    return {
      kind: 'exact',
      dimensions: (record - labelBytes) / floatBytes,
      count: number(16),
      record,
      m: 0,
      efConstruction: 0,
      complete: size === exactHeaderBytes + capacity * record,
    };
  }
  const [count, record] = [number(16), number(24)];
  return {
    kind: 'graph',
    dimensions: (number(32) - number(40)) / floatBytes,
    count,
    record,
    m: number(72),
    efConstruction: number(88),
    complete: size === (await upperLevelsEnd(file, graphHeaderBytes + count * record, count)),
  };
}

/** The vectors of a complete file by label, in the order of the file. */
export async function readVectors(
  file: FileHandle,
  { kind, dimensions, count, record }: VectorHeader,
): Promise<Map<number, Float32Array>> {
  const vectorBytes = dimensions * floatBytes;
  const start = kind === 'exact' ? exactHeaderBytes : graphHeaderBytes;
  const vectors = new Map<number, Float32Array>();
  const buffer = Buffer.alloc(recordsPerRead * record);
  for (let first = 0; first < count; first += recordsPerRead) {
    const records = Math.min(recordsPerRead, count - first);
    await file.read(buffer, 0, records * record, start + first * record);
    for (let end = record; end <= records * record; end += record) {
      // Both kinds end a record with the vector and its label.
      const from = end - labelBytes - vectorBytes;
      const label = Number(buffer.readBigUInt64LE(end - labelBytes));
      vectors.set(label, new Float32Array(Uint8Array.from(buffer.subarray(from, from + vectorBytes)).buffer));
    }
  }
  return vectors;
}

/** An exact file with room for one vector and none in it: hnswlib cannot make one without room. */
export function emptyExactFile(dimensions: number): Buffer {
  const record = dimensions * floatBytes + labelBytes;
  const file = Buffer.alloc(exactHeaderBytes + record);
  file.writeBigUInt64LE(1n, 0);
  file.writeBigUInt64LE(BigInt(record), 8);
  return file;
}

/** After its first level, a graph lists for each vector the length of its upper links, and then those. */
async function upperLevelsEnd(file: FileHandle, start: number, count: number): Promise<number> {
  const window = Buffer.alloc(1 << 20);
  let [windowStart, windowEnd, position] = [0, 0, start];
  for (let index = 0; index < count; index += 1) {
    if (position + floatBytes > windowEnd) {
      const { bytesRead } = await file.read(window, 0, window.length, position);
      if (bytesRead < floatBytes) return -1;
      [windowStart, windowEnd] = [position, position + bytesRead];
    }
    position += floatBytes + window.readUInt32LE(position - windowStart);
  }
  return position;
}
