import type { PassageIndex } from '../../domain/ports.ts';
import type { Database } from '../../postgres/database.ts';
import { generationInfo, type IndexState } from './index-state.ts';
import { createArticleReader } from './read-articles.ts';
import { readCounts } from './read-counts.ts';
import { createPassageReader } from './read-passages.ts';
import { createTermReader } from './read-terms.ts';
import { createPassageSearch } from './search-passages.ts';

/** One generation of the index in a database. Holds nothing open. */
export function createPostgresPassageIndex(database: Database, state: IndexState): PassageIndex {
  return {
    generation: generationInfo(state),
    ...createPassageSearch(database, state),
    ...createTermReader(database),
    ...createPassageReader(database, state),
    ...createArticleReader(database, state),
    statistics: () => readCounts(database, state),
  };
}
