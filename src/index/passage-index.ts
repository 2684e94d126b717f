import type Database from 'better-sqlite3';

import type { GenerationInfo, PassageIndex } from '../domain/ports.ts';
import { createArticleReader } from './article-reader.ts';
import { readCopyGroups } from './copies/read-copy-groups.ts';
import { readStatistics } from './corpus-statistics.ts';
import type { HnswVectorStore } from './hnsw-vector-store.ts';
import { rememberKeys } from './remember-keys.ts';
import { rememberPassages } from './remembered-passages.ts';
import { createTermVocabularies } from './text/term-vocabulary.ts';
import { createTextSearch } from './text/text-search.ts';

/** An index that holds files open until it is closed. */
export interface OpenIndex extends PassageIndex {
  /** Nothing else may be called afterwards. Harmless when called again. */
  close(): void;
}

/** One generation's database and vectors as a {@link PassageIndex}. Vector labels are passage keys. */
export function createPassageIndex(
  generation: GenerationInfo,
  database: Database.Database,
  store: HnswVectorStore,
): OpenIndex {
  const reader = createArticleReader(database);
  const passages = rememberPassages((ids) => reader.passages(ids));
  const passageKeys = rememberKeys((filters) => reader.passageKeys(filters));
  const text = createTextSearch(database);
  const vocabulary = createTermVocabularies(database);
  const searchVectors: PassageIndex['searchVectors'] = async ({ vector, limit, filters, signal }) => {
    signal?.throwIfAborted();
    const hits = store.searchLabels(vector, Math.floor(limit), passageKeys(filters));
    const ids = reader.passageIds(hits.map(({ label }) => label));
    return ids.map((passageId, index) => ({ passageId, score: hits[index]?.score ?? 0 }));
  };
  const searchByText: PassageIndex['searchText'] = async ({ signal, filters, ...query }) => {
    signal?.throwIfAborted();
    // What is searched holds the passages of one language and no others: to look each of them up would take longer than to rank it.
    const { languages, ...others } = filters ?? {};
    if (languages && !languages.includes(query.language)) return [];
    const hits = text.search({ ...query, allowed: passageKeys(others) });
    const ids = reader.passageIds(hits.map(({ key }) => key));
    return ids.map((passageId, index) => ({ passageId, score: hits[index]?.score ?? 0 }));
  };
  return {
    generation,
    searchVectors,
    searchText: searchByText,
    search: async ({ vector, ...query }) => ({
      dense: vector ? await searchVectors({ vector, ...query }) : [],
      lexical: await searchByText(query),
    }),
    documentFrequencies: async (terms, language) => text.documentFrequencies(terms, language),
    similarTerms: async (terms, language) => vocabulary(language).similar(terms),
    passages: async (ids) => passages(ids),
    sentenceVectors: async (ids) => reader.sentenceVectors(ids, generation.dimensions),
    article: async (id) => reader.article(id),
    articles: async (filters, page) => reader.articles(filters, page),
    statistics: () => readStatistics(database),
    copyGroups: async (articleIds) => readCopyGroups(database, articleIds),
    sources: () => reader.sources(),
    sourceArticles: () => reader.sourceArticles(),
    close: () => void database.close(),
  };
}
