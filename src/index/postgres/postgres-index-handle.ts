import { FootnoteError } from '../../domain/errors.ts';
import type { Database } from '../../postgres/database.ts';
import type { IndexHandle } from '../index-handle.ts';
import { indexFormat } from '../manifest.ts';
import { type IndexModel, type IndexState, readState } from './index-state.ts';
import { createPostgresPassageIndex } from './postgres-passage-index.ts';

/** What an index is read with. */
export interface PostgresIndexHandleOptions {
  readonly database: Database;
  readonly embeddings: IndexModel;
}

/**
 * The current generation in a database, whoever made it. Each lease is begun by reading one row.
 *
 * A lease may be held for as long as an answer takes: some minutes later what it reads may have been collected.
 */
export function createPostgresIndexHandle({ database, embeddings }: PostgresIndexHandleOptions): IndexHandle {
  let readers = 0;
  let closed = false;
  let onIdle: (() => void) | undefined;

  function leave(): void {
    readers -= 1;
    if (readers === 0) onIdle?.();
  }

  return {
    async acquire() {
      if (closed) throw new FootnoteError('unavailable', 'The index has been closed.');
      readers += 1;
      try {
        const index = createPostgresPassageIndex(database, servable(await readState(database), embeddings));
        let held = true;
        return {
          index,
          release() {
            if (held) leave();
            held = false;
          },
        };
      } catch (error) {
        leave();
        throw error;
      }
    },
    async close() {
      closed = true;
      if (readers === 0) return;
      await new Promise<void>((resolve) => {
        onIdle = resolve;
      });
    },
  };
}

/** @throws FootnoteError `index-unusable` when nothing has been committed yet, or the index is of another model or format. */
function servable(state: IndexState | undefined, wanted: IndexModel): IndexState {
  if (!state || state.number === 0) {
    throw new FootnoteError('index-unusable', 'There is no index in the database yet.', {
      remedy: 'npm run -s ingest',
    });
  }
  const { embeddingModel, dimensions, format } = state;
  if (format !== indexFormat) {
    throw otherIndex(`has format ${format}, but this version of Footnote reads format ${indexFormat}`);
  }
  if (embeddingModel !== wanted.id || dimensions !== wanted.dimensions) {
    throw otherIndex(
      `was built with the embedding model ${embeddingModel} (${dimensions} dimensions), ` +
        `but ${wanted.id} (${wanted.dimensions} dimensions) is configured`,
    );
  }
  return state;
}

function otherIndex(problem: string): FootnoteError {
  return new FootnoteError('index-unusable', `The index in the database ${problem}.`, {
    remedy: 'Name another schema with STORE_SCHEMA and run npm run -s ingest.',
  });
}
