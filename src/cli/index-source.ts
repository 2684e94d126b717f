import { randomUUID } from 'node:crypto';

import type { Config } from '../config.ts';
import { FootnoteError } from '../domain/errors.ts';
import type { GenerationInfo, IndexWriter } from '../domain/ports.ts';
import { readManifest, readPointer } from '../index/manifest.ts';
import { generationInfo, readState } from '../index/postgres/index-state.ts';
import { readIndexed, readWriterBase } from '../index/writer-base.ts';
import { acquireWriterLock } from '../index/writer-lock.ts';
import { connect } from '../postgres/connect.ts';
import type { Store } from '../store.ts';

/** An index to be copied, as it is at one moment. Nothing of it is changed. */
export interface IndexSource extends Pick<IndexWriter, 'fingerprints' | 'sources' | 'stored'> {
  readonly generation: GenerationInfo;
  close(): Promise<void>;
}

/**
 * The generation that the store of `config` has; undefined where it has none. No model is needed for it.
 *
 * @throws FootnoteError `index-unusable` when what is there cannot be read, `unavailable`
 */
export async function currentGeneration(config: Config): Promise<GenerationInfo | undefined> {
  const { store, indexDir } = config;
  if (store.kind === 'folder') {
    const pointer = await readPointer(indexDir);
    return pointer === undefined ? undefined : (await readManifest(indexDir, pointer)).generation;
  }
  const database = connect(store);
  try {
    const state = await readState(database);
    return state && state.number > 0 ? generationInfo(state) : undefined;
  } catch (error) {
    // There are no tables yet.
    if (error instanceof FootnoteError && error.code === 'index-unusable') return undefined;
    throw error;
  } finally {
    await database.close();
  }
}

/** Where {@link openIndexSource} copies from. */
export interface IndexPlace {
  readonly config: Config;
  /** As {@link currentGeneration} says. */
  readonly generation: GenerationInfo;
  /** The store of `config`. */
  readonly store: Pick<Store, 'openWriter'>;
}

/**
 * Opens the index of a store for copying.
 *
 * @throws FootnoteError `index-unusable` when it is damaged, `unavailable`
 */
export function openIndexSource(place: IndexPlace): Promise<IndexSource> {
  return place.config.store.kind === 'folder' ? openFolder(place) : openDatabase(place);
}

/** Read without a writer, which would take up, and then discard, what an interrupted ingest has left in the folder. */
async function openFolder({ config, generation }: IndexPlace): Promise<IndexSource> {
  const { indexDir: dir, hnsw } = config;
  // No ingest may remove the generation meanwhile.
  const lock = await acquireWriterLock(dir);
  try {
    const embeddings = { id: generation.embeddingModel, dimensions: generation.dimensions };
    const base = await readWriterBase({ dir, hnsw, embeddings });
    if (!base) {
      throw new FootnoteError('index-unusable', `The index in ${dir} is damaged.`, {
        remedy: 'Build it anew with: npm run -s ingest',
      });
    }
    const { fingerprints, sources } = base;
    return {
      generation: base.generation,
      fingerprints,
      sources,
      stored: async (id) => readIndexed(base, id, generation.dimensions),
      close: async () => lock.release(),
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openDatabase({ generation, store }: IndexPlace): Promise<IndexSource> {
  // A purpose that nobody else has, so that nothing is taken up that somebody has left.
  const writer = await store.openWriter(`copy ${randomUUID()}`);
  const { fingerprints, sources } = writer;
  return {
    generation,
    fingerprints,
    sources,
    stored: (id) => writer.stored(id),
    close: () => writer.discard(),
  };
}
