import { readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { z } from 'zod';

import { replaceFile, syncFolder } from '../domain/files/durable-files.ts';
import { createDocumentTable, type DocumentTable } from './document-table.ts';
import type { HnswOptions } from './hnsw-options.ts';
import { unusable } from './index-errors.ts';
import type { VectorEngine } from './vector-engine.ts';
import { loadVectors, saveVectors, vectorFileSchema } from './vector-file.ts';

const documentSchema = z.object({
  pageContent: z.string(),
  metadata: z.record(z.string(), z.unknown()),
  id: z.string(),
});

const storeSchema = z.object({
  format: z.literal(1),
  vectors: vectorFileSchema,
  documents: z.array(z.tuple([z.int().min(0), documentSchema])),
});

/**
 * Writes the vectors beside `file`, under a name made of their checksum, and then `file` itself with the
 * documents: whoever reads `file` finds the vectors that belong to it.
 */
export async function writeStoreFile(
  file: string,
  engine: VectorEngine,
  documents: DocumentTable,
): Promise<void> {
  const previous = await readStore(file).catch(() => undefined);
  const unnamed = `${file}.vectors`;
  const vectors = await saveVectors(engine, unnamed);
  await rename(unnamed, vectorsPath(file, vectors.sha256));
  await syncFolder(dirname(file));
  await replaceFile(file, JSON.stringify({ format: 1, vectors, documents: [...documents.entries()] }));
  if (previous && previous.vectors.sha256 !== vectors.sha256) {
    await rm(vectorsPath(file, previous.vectors.sha256), { force: true });
  }
}

/** Reads what {@link writeStoreFile} wrote. @throws FootnoteError `index-unusable` */
export async function readStoreFile(
  file: string,
  { dimensions, hnsw }: { dimensions: number; hnsw: HnswOptions },
): Promise<{ vectors: VectorEngine; documents: DocumentTable }> {
  const store = await readStore(file).catch((error: unknown) => {
    throw unusable(`The vector store ${basename(file)} is missing or damaged.`, error);
  });
  if (store.vectors.dimensions !== dimensions) {
    throw unusable(`The vector store has ${store.vectors.dimensions} dimensions, not ${dimensions}.`);
  }
  const vectors = await loadVectors(vectorsPath(file, store.vectors.sha256), store.vectors, hnsw);
  return { vectors, documents: createDocumentTable(store.documents) };
}

async function readStore(file: string) {
  return storeSchema.parse(JSON.parse(await readFile(file, 'utf8')));
}

function vectorsPath(file: string, sha256: string): string {
  return join(dirname(file), `${basename(file)}.${sha256.slice(0, 16)}.vectors`);
}
