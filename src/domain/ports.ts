import type { EmbeddingsInterface } from '@langchain/core/embeddings';

import type { Article, ArticlePage, ArticleSummary, CopyGroup, CorpusStatistics } from './article.ts';
import type { Filters } from './filters.ts';
import type { SourceArticle } from './ingest-admin.ts';
import type { Language } from './language.ts';
import type { Passage } from './passage.ts';

/** An embedding model behind LangChain's interface, with what the index must know of it. */
export interface EmbeddingModel extends EmbeddingsInterface {
  /** Stored in the index manifest, e.g. `bundled:all-MiniLM-L6-v2-int8`; another id means another space. */
  readonly id: string;
  /** Length of a vector; vectors have unit length. */
  readonly dimensions: number;
  /** Languages in which cosine similarity means something. */
  readonly languages: readonly Language[];
  embedQuery(text: string, options?: { signal?: AbortSignal }): Promise<number[]>;
  embedDocuments(texts: string[], options?: EmbedOptions): Promise<number[][]>;
  /** Stops worker threads; the model cannot be used afterwards. */
  close(): Promise<void>;
}

/** Options of {@link EmbeddingModel.embedDocuments}. */
export interface EmbedOptions {
  signal?: AbortSignal;
  /** Called with the number of texts embedded since the last call. */
  onProgress?: (count: number) => void;
}

/** A passage with its article's metadata and its own text, as stored. */
export interface StoredPassage {
  readonly passage: Passage;
  readonly article: Omit<ArticleSummary, 'length'>;
  readonly text: string;
}

/** A passage found by one retriever. Higher scores are better. */
export interface PassageHit {
  readonly passageId: string;
  readonly score: number;
}

/** A search term with its relative weight (1 = as typed). */
export interface WeightedTerm {
  readonly term: string;
  readonly weight: number;
}

/** What identifies one immutable state of the index. */
export interface GenerationInfo {
  /** Sortable, unique, e.g. `20260101T120000000Z-1a2b3c4d`. */
  readonly id: string;
  readonly createdAt: string;
  readonly embeddingModel: string;
  readonly dimensions: number;
  readonly articles: number;
  readonly passages: number;
  /** Number of passages by article language, of the languages that occur. */
  readonly languages: Partial<Readonly<Record<Language, number>>>;
}

/** The read side of one generation of the index. Everything in it stays as it is until it is closed. */
export interface PassageIndex {
  readonly generation: GenerationInfo;
  /** Nearest passages by cosine similarity, best first. */
  searchVectors(query: {
    vector: readonly number[];
    limit: number;
    filters?: Filters;
    signal?: AbortSignal;
  }): Promise<PassageHit[]>;
  /** Passages of articles in `language` by BM25 over analysed terms, best first. */
  searchText(query: {
    terms: readonly WeightedTerm[];
    language: Language;
    limit: number;
    filters?: Filters;
    signal?: AbortSignal;
  }): Promise<PassageHit[]>;
  /**
   * {@link searchVectors} and {@link searchText} with the same limit and filters, at once: one round trip where the index is
   * elsewhere. Without a vector, `dense` is empty.
   */
  search(query: {
    vector?: readonly number[];
    terms: readonly WeightedTerm[];
    language: Language;
    limit: number;
    filters?: Filters;
    signal?: AbortSignal;
  }): Promise<{ readonly dense: PassageHit[]; readonly lexical: PassageHit[] }>;
  /** In how many passages of articles in `language` each term occurs; absent terms are left out. */
  documentFrequencies(terms: readonly string[], language: Language): Promise<ReadonlyMap<string, number>>;
  /**
   * For each analysed term that occurs nowhere in `language`, the most similar term that does, if one is near
   * enough; terms that occur, are shorter than 4 letters or hold a digit or `_` are left out.
   */
  similarTerms(terms: readonly string[], language: Language): Promise<ReadonlyMap<string, string>>;
  /** In the order asked for; ids that do not exist are left out. */
  passages(ids: readonly string[]): Promise<StoredPassage[]>;
  /** Embeddings of each passage's sentences, in their order, by passage id. */
  sentenceVectors(passageIds: readonly string[]): Promise<ReadonlyMap<string, readonly Float32Array[]>>;
  article(id: string): Promise<Article | undefined>;
  /** Newest first (undated last), then by id. */
  articles(filters?: Filters, page?: ArticlePage): Promise<ArticleSummary[]>;
  statistics(): Promise<CorpusStatistics>;
  /** The groups of nearly equal articles that these belong to, by article id; articles without copies are left out. */
  copyGroups(articleIds: readonly string[]): Promise<ReadonlyMap<string, CopyGroup>>;
  /** Where the articles come from, in the order of the paths. */
  sources(): Promise<readonly SourceRecord[]>;
  /** All articles with how their metadata were found, in the order of their ids. */
  sourceArticles(): Promise<readonly SourceArticle[]>;
}

/** A file of the corpus as it was read last. */
export interface SourceRecord {
  /** Relative to the corpus, with `/`; what was added through Footnote begins with `added/`. */
  readonly path: string;
  /** Changes with the bytes of the file, with what is said of it beside it, and with the rules that read files. */
  readonly digest: string;
  /** Ids of the articles that it holds; none where it could not be read. */
  readonly articles: readonly string[];
  /** What could not be read of it, and how to mend that. */
  readonly failures: readonly string[];
}

/** Everything that the index stores of one article. Vectors are in the order of the passages and sentences. */
export interface IndexedArticle {
  readonly article: Article;
  readonly passages: readonly Passage[];
  readonly passageVectors: readonly (readonly number[])[];
  readonly sentenceVectors: readonly (readonly (readonly number[])[])[];
  /** MinHash signature of the text, see `domain/text/min-hash.ts`; empty for a text too short to compare. */
  readonly signature: Uint32Array;
}

/** The write side: builds the next generation beside the current one. One of `commit`, `suspend` and `discard` ends it. */
export interface IndexWriter {
  /**
   * Fingerprints of what the generation under construction holds at the beginning, by article id (see
   * {@link articleFingerprint}): of the current generation, or of what an interrupted ingest had built on it.
   */
  readonly fingerprints: ReadonlyMap<string, string>;
  /** What it knows of the files at the beginning, by path. */
  readonly sources: ReadonlyMap<string, SourceRecord>;
  /** Whether it carries on what an interrupted ingest had built. */
  readonly resumed: boolean;
  /** Everything stored of an article as `fingerprints` knows it, so that texts that stay need no new vectors. */
  stored(articleId: string): Promise<IndexedArticle | undefined>;
  /** Adds the article, or replaces the one with its id. */
  put(entry: IndexedArticle, fingerprint: string): Promise<void>;
  remove(articleId: string): Promise<void>;
  /** Adds or replaces what is known of a file. */
  putSource(record: SourceRecord): Promise<void>;
  removeSource(path: string): Promise<void>;
  /**
   * Makes the new generation durable and current, in that order. Returns the current one when nothing changed.
   * Nothing of a removed article is left in the index folder afterwards.
   */
  commit(): Promise<GenerationInfo>;
  /** Keeps what was built for the next writer to carry on; the current generation stays. Harmless after {@link commit}. */
  suspend(): Promise<void>;
  /** Removes what was built; the current generation stays. Harmless after {@link commit}. */
  discard(): Promise<void>;
}
