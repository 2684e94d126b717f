import { constants } from 'node:fs';
import { copyFile, open, readFile, rename, rm, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';

import { errorCode, FootnoteError } from '../../domain/errors.ts';
import { syncFile } from '../../domain/files/durable-files.ts';

/** What a file consists of: a file on the disk, which is moved away or copied, or its bytes. */
export type Content = { readonly path: string } | Uint8Array | string | Readable;

/**
 * Keeps `content` in the new file `target`; resolves when it is on the disk. What is left of a failure is up to the caller.
 *
 * @throws FootnoteError `invalid-request` when it has more than `maxBytes` bytes; what the file system says.
 */
export async function receiveBytes(content: Content, target: string, maxBytes: number): Promise<void> {
  if (isFile(content)) {
    const { size } = await stat(content.path);
    if (size > maxBytes) throw tooLarge(maxBytes);
    await moveFile(content.path, target);
    await syncFile(target);
    return;
  }
  const handle = await open(target, 'wx');
  try {
    let bytes = 0;
    for await (const chunk of chunksOf(content)) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      await handle.writeFile(chunk);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** All bytes of `content`. @throws FootnoteError `invalid-request` when it has more than `maxBytes`; what the file system says. */
export async function bytesOf(content: Content, maxBytes: number): Promise<Buffer> {
  if (isFile(content)) {
    const { size } = await stat(content.path);
    if (size > maxBytes) throw tooLarge(maxBytes);
    return readFile(content.path);
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunksOf(content)) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Whether it is a file on the disk; a stream of a file has a path as well. */
export function isFile(content: Content): content is { readonly path: string } {
  return (
    typeof content === 'object' && !(content instanceof Uint8Array) && !(Symbol.asyncIterator in content)
  );
}

async function* chunksOf(content: Content): AsyncGenerator<Uint8Array> {
  if (typeof content === 'string') yield Buffer.from(content);
  else if (content instanceof Uint8Array) yield content;
  else if (Symbol.asyncIterator in content) {
    for await (const chunk of content) {
      if (chunk instanceof Uint8Array) yield chunk;
      else yield Buffer.from(String(chunk));
    }
  }
}

async function moveFile(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (errorCode(error) !== 'EXDEV') throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL);
    await rm(from, { force: true });
  }
}

function tooLarge(maxBytes: number): FootnoteError {
  return new FootnoteError(
    'invalid-request',
    `The file has more than ${maxBytes} bytes, which is the most that is read (MAX_FILE_BYTES).`,
    { remedy: 'Divide it into smaller files, or raise the limit.' },
  );
}
