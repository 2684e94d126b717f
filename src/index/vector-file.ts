import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

import hnswlib from 'hnswlib-node';
import { z } from 'zod';

import { errorMessage, FootnoteError } from '../domain/errors.ts';
import { digestFile, syncFile, syncFolder } from '../domain/files/durable-files.ts';
import { createExactVectors } from './exact-vectors.ts';
import { createGraphVectors } from './graph-vectors.ts';
import { searchBreadth, type HnswOptions } from './hnsw-options.ts';
import { unusable } from './index-errors.ts';
import { readVectors, type VectorContent } from './read-vectors.ts';
import type { VectorEngine } from './vector-engine.ts';
import { isComplete, readVectorHeader, recordBytes, type VectorHeader } from './vector-header.ts';

/** What must be known of a vector file before it may be read: hnswlib itself checks next to nothing. */
export const vectorFileSchema = z.object({
  kind: z.enum(['exact', 'graph']),
  dimensions: z.int().min(1),
  count: z.int().min(0),
  /** Of a graph only, like those below: places of removed vectors, which `count` leaves out. */
  removed: z.int().min(0).optional(),
  m: z.int().min(2).optional(),
  efConstruction: z.int().min(1).optional(),
  /** Of a graph that was changed since: the number of vectors when it was built anew. */
  built: z.int().min(0).optional(),
  bytes: z.int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
});

/** See {@link vectorFileSchema}. */
export type VectorFile = z.infer<typeof vectorFileSchema>;

/**
 * Writes `engine` to `file`: whole or not at all.
 *
 * hnswlib reports success on a bad path and on a full disk, so the file is written beside `file`, read back
 * and compared, made durable, and only then renamed.
 *
 * @throws FootnoteError `unavailable` when the disk did not take all of it.
 */
export async function saveVectors(engine: VectorEngine, file: string): Promise<VectorFile> {
  const temporary = `${file}.tmp`;
  try {
    await engine.write(temporary);
    await syncFile(temporary);
    const { found, complete } = await withFile(temporary, async (handle) => {
      const header = await readVectorHeader(handle);
      return { found: header, complete: await isComplete(handle, header) };
    });
    const expected = `${engine.kind} ${engine.dimensions} ${engine.size + engine.removed}`;
    if (`${found.kind} ${found.dimensions} ${found.count}` !== expected || !complete) {
      throw new Error('the file came out incomplete');
    }
    const digest = await digestFile(temporary);
    await rename(temporary, file);
    await syncFolder(dirname(file));
    const { kind, dimensions, m, efConstruction } = found;
    const { size: count, removed } = engine;
    return { kind, dimensions, count, ...(kind === 'graph' && { removed, m, efConstruction }), ...digest };
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new FootnoteError('unavailable', `Cannot write the vector index ${file}: ${errorMessage(error)}`, {
      remedy: 'Free space or choose another INDEX_DIR, then run npm run ingest.',
      cause: error,
    });
  }
}

/**
 * Reads a vector file into a new object, after checking that it is what `expected` says, byte for byte:
 * hnswlib crashes the process on a damaged file, and loads one of another dimension without a word.
 *
 * @throws FootnoteError `index-unusable`
 */
export async function loadVectors(
  file: string,
  expected: VectorFile,
  options: HnswOptions,
): Promise<VectorEngine> {
  const { kind, dimensions, count } = expected;
  const { header, content } = await readVerified(file, expected);
  if (kind === 'exact') {
    const native = new hnswlib.BruteforceSearch('cosine', dimensions);
    await native.readIndex(file);
    return createExactVectors(dimensions, { ...content, native });
  }
  const native = new hnswlib.HierarchicalNSW('cosine', dimensions);
  await native.readIndex(file);
  const { m, efConstruction } = header;
  const parameters = { m, efConstruction, ef: searchBreadth(count, options) };
  return createGraphVectors(dimensions, parameters, count, { ...content, native });
}

async function readVerified(
  file: string,
  expected: VectorFile,
): Promise<{ header: VectorHeader; content: VectorContent }> {
  const name = basename(file);
  const { kind, dimensions, count, removed = 0, m, bytes } = expected;
  try {
    return await withFile(file, async (handle) => {
      const { size } = await handle.stat();
      if (size !== bytes) {
        throw unusable(`The index file ${name} is damaged: it has ${size} bytes, not ${bytes}.`);
      }
      const header = await readVectorHeader(handle);
      const all = `${kind} ${dimensions} ${count + removed} ${recordBytes(kind, dimensions, m)}`;
      // Before anything is read by these numbers: a damaged header could ask for any amount of memory.
      if (`${header.kind} ${header.dimensions} ${header.count} ${header.record}` !== all) {
        throw unusable(`The index file ${name} is damaged: it holds other vectors than the manifest says.`);
      }
      const content = await readVectors(handle, header, size);
      if (content.sha256 !== expected.sha256 || content.removed.size !== removed) {
        throw unusable(`The index file ${name} is damaged: its checksum is not the one in the manifest.`);
      }
      return { header, content };
    });
  } catch (error) {
    if (error instanceof FootnoteError) throw error;
    throw unusable(`The index file ${name} cannot be read: ${errorMessage(error)}.`, error);
  }
}

async function withFile<T>(file: string, use: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(file, 'r');
  try {
    return await use(handle);
  } finally {
    await handle.close();
  }
}
