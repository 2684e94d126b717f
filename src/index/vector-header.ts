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
}

const floatBytes = 4;
const labelBytes = 8;
const linkBytes = 4;
const exactHeaderBytes = 24;
const graphHeaderBytes = 96;
const recordsPerRead = 1024;

/**
 * Reads the header that hnswlib 0.8 (inside hnswlib-node 3.0.0) writes on 64-bit machines: `saveIndex` in its
 * `bruteforce.h` and `hnswalg.h`. An exact file starts with capacity, record size and count; a graph starts
 * with the offset of its first level, which is always 0 and never a capacity.
 */
export async function readVectorHeader(file: FileHandle): Promise<VectorHeader> {
  const header = Buffer.alloc(graphHeaderBytes);
  const { bytesRead } = await file.read(header, 0, graphHeaderBytes, 0);
  if (bytesRead < exactHeaderBytes) throw new Error('the file is too short for vectors');
  const number = (offset: number) => Number(header.readBigUInt64LE(offset));
  if (number(0) > 0) {
    const record = number(8);
    return {
      kind: 'exact',
      dimensions: (record - labelBytes) / floatBytes,
      count: number(16),
      record,
      m: 0,
      efConstruction: 0,
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
  };
}

/** Whether the file, just written, is as long as its content needs. An exact one has room for one vector at least. */
export async function isComplete(file: FileHandle, { kind, count, record }: VectorHeader): Promise<boolean> {
  const { size } = await file.stat();
  const recordsEnd = recordStart(kind) + count * record;
  if (kind === 'graph') return size === (await upperLevelsEnd(file, recordsEnd, count));
  return size === (count === 0 ? recordsEnd + record : recordsEnd);
}

/** Pieces of the file, each a list of records as they are stored. */
export async function* readRecords(
  file: FileHandle,
  { kind, count, record }: VectorHeader,
): AsyncGenerator<readonly Buffer[]> {
  for (let first = 0; first < count; first += recordsPerRead) {
    const length = Math.min(recordsPerRead, count - first) * record;
    const buffer = Buffer.alloc(length);
    await file.read(buffer, 0, length, recordStart(kind) + first * record);
    yield Array.from({ length: length / record }, (_, index) =>
      buffer.subarray(index * record, (index + 1) * record),
    );
  }
}

/** Where the first record begins. */
export function recordStart(kind: VectorHeader['kind']): number {
  return kind === 'exact' ? exactHeaderBytes : graphHeaderBytes;
}

/** Bytes of a record: in a graph, the length of the list of links and twice `m` of them come first. */
export function recordBytes(kind: VectorHeader['kind'], dimensions: number, m = 0): number {
  const links = kind === 'graph' ? linkBytes + 2 * m * linkBytes : 0;
  return links + dimensions * floatBytes + labelBytes;
}

/** Both kinds end a record with the vector and its label. */
export function labelOf(record: Buffer): number {
  return Number(record.readBigUInt64LE(record.length - labelBytes));
}

/** Where the vector begins in its record. */
export function vectorOffset({ record, dimensions }: Pick<VectorHeader, 'record' | 'dimensions'>): number {
  return record - labelBytes - dimensions * floatBytes;
}

/** The vector of a record, copied. */
export function vectorOf(record: Buffer, header: VectorHeader): Float32Array {
  const bytes = record.subarray(vectorOffset(header), record.length - labelBytes);
  return new Float32Array(Uint8Array.from(bytes).buffer);
}

/** A record of a graph begins with the number of its neighbours, two bytes, and the mark of removed ones. */
export function isRemoved(record: Buffer, { kind }: VectorHeader): boolean {
  return kind === 'graph' && (record.readUInt8(2) & 1) === 1;
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
