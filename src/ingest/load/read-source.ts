import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';

import { canonicalJson } from '../../domain/canonical-json.ts';
import { errorCode, FootnoteError } from '../../domain/errors.ts';
import { readSidecar, type Sidecar } from '../added/sidecar.ts';
import type { FileHints } from '../parse/parsed-file.ts';
import { readerVersion } from '../reader-version.ts';
import { splitterVersion } from '../split/version.ts';

/** A file of the corpus with what is said of it beside it. */
export interface SourceFile {
  readonly bytes: Uint8Array;
  readonly hints: FileHints;
  /** What is said of it beside it. */
  readonly sidecar?: Sidecar | undefined;
  /** See `SourceRecord.digest`. */
  readonly digest: string;
}

/** How often a file is read that changes while it is being read. */
const attempts = 3;

/**
 * Reads a file whole, as it was at one moment.
 *
 * @throws FootnoteError `unreadable-article` when it is too large, goes on changing, or has an unusable sidecar.
 * @throws what the file system says.
 */
export async function readSource(
  path: string,
  { maxBytes, signal }: { readonly maxBytes: number; readonly signal?: AbortSignal | undefined },
): Promise<SourceFile> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    signal?.throwIfAborted();
    const sidecar = await readSidecar(path);
    const bytes = await readUnchanged(path, maxBytes, signal);
    // The sidecar belongs to these bytes only if it is still the same.
    if (bytes && canonicalJson(sidecar) === canonicalJson(await readSidecar(path))) {
      return sourceFile(bytes, sidecar);
    }
  }
  throw new FootnoteError('unreadable-article', 'The file changed while it was being read.', {
    remedy: 'It is read again with the next ingest.',
  });
}

/** Bytes with their sidecar, as they are read. */
export function sourceFile(bytes: Uint8Array, sidecar: Sidecar | undefined): SourceFile {
  return {
    bytes,
    hints: hintsOf(sidecar),
    digest: digestOf(bytes, sidecar),
    ...(sidecar && { sidecar }),
  };
}

/** What is said of a file of more bytes than are read. */
export function fileTooLarge(size: number | bigint, maxBytes: number): FootnoteError {
  return new FootnoteError(
    'unreadable-article',
    `The file has ${size} bytes; at most ${maxBytes} are read (MAX_FILE_BYTES).`,
    { remedy: 'Divide it into smaller files, or raise the limit.' },
  );
}

/** The bytes, or undefined when they changed meanwhile. */
async function readUnchanged(
  path: string,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array | undefined> {
  const handle = await openFile(path);
  try {
    const before = await handle.stat({ bigint: true });
    if (before.size > BigInt(maxBytes)) throw fileTooLarge(before.size, maxBytes);
    const bytes = await handle.readFile({ signal });
    const after = await handle.stat({ bigint: true });
    const isSame = after.size === before.size && after.mtimeNs === before.mtimeNs;
    return isSame && BigInt(bytes.length) === after.size ? bytes : undefined;
  } finally {
    await handle.close();
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path);
  } catch (error) {
    const reasons: Readonly<Record<string, string>> = {
      EACCES: 'There is no permission to read the file.',
      EPERM: 'There is no permission to read the file.',
      EIO: 'The disk could not read the file.',
    };
    const reason = reasons[errorCode(error) ?? ''];
    if (reason === undefined) throw error;
    throw new FootnoteError('unreadable-article', reason, {
      remedy: 'Give the user that runs Footnote the right to read it.',
      cause: error,
    });
  }
}

function hintsOf(sidecar: Sidecar | undefined): FileHints {
  if (!sidecar) return {};
  const { given, feed, fetched } = sidecar;
  return {
    ...(given && { given }),
    ...(feed && { feed }),
    ...(fetched && { url: fetched.finalUrl }),
    ...(fetched?.charset !== undefined && { charset: fetched.charset }),
  };
}

/** Of the sidecar, only what reading depends on: a page that came back unchanged has a new date of fetching. */
function digestOf(bytes: Uint8Array, sidecar: Sidecar | undefined): string {
  const rules = canonicalJson({ readerVersion, splitterVersion, hints: hintsOf(sidecar) });
  return createHash('sha256').update(rules).update('\n').update(bytes).digest('hex');
}
