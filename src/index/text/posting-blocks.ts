/** Which passages have a term, and how much of it. */
export interface Postings {
  /** Keys of passages, ascending. */
  readonly keys: Uint32Array;
  /** Twice the weighted number of times that each has the term. */
  readonly counts: Uint32Array;
}

/** Most postings of a block: blocks of 3 or 5 bytes a posting then fill the pages of the database well. */
export const blockPostings = 400;

/** First key (4 bytes), postings (2 bytes), bytes of a key, bytes of a count. */
const headerBytes = 8;

/**
 * Postings as bytes, little-endian: a header; each key less the first, in 2 bytes or 4; each count, in 1 byte, 2 or 4.
 *
 * @throws RangeError for more than {@link blockPostings} of them, or none.
 */
export function encodeBlock(keys: ArrayLike<number>, counts: ArrayLike<number>): Buffer {
  const { length } = keys;
  if (length === 0 || length > blockPostings) throw new RangeError(`A block of ${length} postings.`);
  const first = keys[0] ?? 0;
  const keyBytes = (keys[length - 1] ?? 0) - first < 2 ** 16 ? 2 : 4;
  let largest = 0;
  for (let index = 0; index < length; index += 1) largest = Math.max(largest, counts[index] ?? 0);
  const countBytes = largest < 2 ** 8 ? 1 : largest < 2 ** 16 ? 2 : 4;
  const block = new ArrayBuffer(headerBytes + length * (keyBytes + countBytes));
  const header = new DataView(block);
  header.setUint32(0, first, true);
  header.setUint16(4, length, true);
  header.setUint8(6, keyBytes);
  header.setUint8(7, countBytes);
  const keyArray = arrayOf(keyBytes, block, headerBytes, length);
  for (let index = 0; index < length; index += 1) keyArray[index] = (keys[index] ?? 0) - first;
  const countArray = arrayOf(1, block, headerBytes + length * keyBytes, length * countBytes);
  for (let index = 0; index < length; index += 1) {
    let count = counts[index] ?? 0;
    for (let byte = 0; byte < countBytes; byte += 1, count >>>= 8)
      countArray[index * countBytes + byte] = count;
  }
  return Buffer.from(block);
}

function arrayOf(bytes: number, buffer: ArrayBuffer, start: number, length: number) {
  if (bytes === 1) return new Uint8Array(buffer, start, length);
  return bytes === 2 ? new Uint16Array(buffer, start, length) : new Uint32Array(buffer, start, length);
}

/** Number of postings of a block. */
export function blockLength(block: Buffer): number {
  return block.readUInt16LE(4);
}

/** Writes a block's postings into `target` from place `start` on; returns the place behind them. */
export function decodeInto(block: Buffer, target: Postings, start: number): number {
  const first = block.readUInt32LE(0);
  const length = blockLength(block);
  const keyBytes = block[6] ?? 0;
  const countBytes = block[7] ?? 0;
  const { keys, counts } = target;
  let at = headerBytes;
  if (keyBytes === 2) {
    for (let index = start; index < start + length; index += 1, at += 2) {
      keys[index] = first + (block[at] ?? 0) + ((block[at + 1] ?? 0) << 8);
    }
  } else {
    for (let index = start; index < start + length; index += 1, at += 4) {
      keys[index] = first + block.readUInt32LE(at);
    }
  }
  if (countBytes === 1) {
    for (let index = start; index < start + length; index += 1, at += 1) counts[index] = block[at] ?? 0;
  } else {
    for (let index = start; index < start + length; index += 1, at += countBytes) {
      counts[index] = block.readUIntLE(at, countBytes);
    }
  }
  return start + length;
}

/** The postings of one block. */
export function decodeBlock(block: Buffer): Postings {
  const postings = emptyPostings(blockLength(block));
  decodeInto(block, postings, 0);
  return postings;
}

/** Room for `length` postings. */
export function emptyPostings(length: number): Postings {
  return { keys: new Uint32Array(length), counts: new Uint32Array(length) };
}

/** How much a passage has of the term, 0 for none. */
export function countOf({ keys, counts }: Postings, key: number): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? 0) < key) low = middle + 1;
    else high = middle;
  }
  return keys[low] === key ? (counts[low] ?? 0) : 0;
}
