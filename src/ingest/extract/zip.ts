import type { Readable } from 'node:stream';

import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';

import { errorMessage, FootnoteError } from '../../domain/errors.ts';
import { maxZipBytes, maxZipEntries, maxZipRatio, zipRatioFrom } from '../limits.ts';

/** First bytes of the container of old Office files, and of new ones with a password. */
const compoundFile = [0xd0, 0xcf, 0x11, 0xe0];

/**
 * The files in a zip archive that `wanted` chooses, by name. The others are not unpacked.
 *
 * @throws FootnoteError `unreadable-article` when it is damaged, has names that lead out of it, or holds more than
 *   the limits allow; bytes are counted as they come out, whatever the archive says of itself.
 */
export async function readZip(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
): Promise<ReadonlyMap<string, Uint8Array>> {
  if (compoundFile.every((byte, index) => bytes[index] === byte)) {
    throw new FootnoteError(
      'unreadable-article',
      'The file is protected by a password, or is of an older format than its name says.',
      { remedy: 'Save a copy without a password in the current format.' },
    );
  }
  try {
    return await unpack(bytes, wanted);
  } catch (error) {
    if (error instanceof FootnoteError) throw error;
    throw new FootnoteError(
      'unreadable-article',
      `The file is damaged or incomplete (${errorMessage(error).replace(/\.$/u, '')}).`,
      { remedy: 'Get the file again, or export it anew from the program that made it.', cause: error },
    );
  }
}

async function unpack(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Strict: names with `..`, absolute names and backslashes are errors.
  const zip = await fromBufferPromise(buffer, { strictFileNames: true, validateEntrySizes: true });
  const files = new Map<string, Uint8Array>();
  const names = new Set<string>();
  let left = maxZipBytes;
  try {
    if (zip.entryCount > maxZipEntries) throw hostile(`it holds ${zip.entryCount} files`);
    for await (const entry of zip.eachEntry()) {
      const { fileName } = entry;
      if (names.has(fileName)) throw hostile(`it holds two files of the name ${printable(fileName)}`);
      names.add(fileName);
      if (fileName.endsWith('/') || !wanted(fileName)) continue;
      if (entry.isEncrypted()) throw locked();
      const content = await readEntry(zip, entry, left);
      left -= content.length;
      files.set(fileName, content);
    }
    return files;
  } finally {
    zip.close();
  }
}

async function readEntry(zip: ZipFile, entry: Entry, left: number): Promise<Uint8Array> {
  const stream = await zip.openReadStreamPromise(entry);
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of chunks(stream)) {
    length += part.length;
    if (length > left) throw hostile(`it holds more than ${maxZipBytes} bytes when unpacked`);
    if (length > zipRatioFrom && length > entry.compressedSize * maxZipRatio) {
      throw hostile(`${printable(entry.fileName)} is more than ${maxZipRatio} times as large when unpacked`);
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function* chunks(stream: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of stream) {
      if (!Buffer.isBuffer(chunk)) throw new TypeError('The archive gave something that is no bytes.');
      yield chunk;
    }
  } finally {
    stream.destroy();
  }
}

function hostile(problem: string): FootnoteError {
  return new FootnoteError('unreadable-article', `The file is refused: ${problem}.`, {
    remedy: 'If you trust it, export it anew from the program that made it.',
  });
}

function locked(): FootnoteError {
  return new FootnoteError('unreadable-article', 'The file is protected by a password.', {
    remedy: 'Save a copy without a password.',
  });
}

/** A name may hold anything, such as characters that turn the writing around. */
function printable(name: string): string {
  return name.replace(/[^\p{L}\p{N}./_ -]/gu, '?').slice(0, 100);
}
