import { randomUUID } from 'node:crypto';

import type { DocumentInterface } from '@langchain/core/documents';
import type { EmbeddingsInterface } from '@langchain/core/embeddings';
import { VectorStore } from '@langchain/core/vectorstores';

import { createVectors } from './create-vectors.ts';
import { createDocumentTable, type DocumentTable } from './document-table.ts';
import type { HnswOptions } from './hnsw-options.ts';
import { readStoreFile, writeStoreFile } from './store-file.ts';
import { unitVector } from './vector-checks.ts';
import type { VectorEngine, VectorHit } from './vector-engine.ts';

/** Keeps these documents, or these labels; both given, what is in both. */
export interface VectorFilter {
  readonly ids?: readonly string[];
  readonly labels?: ReadonlySet<number>;
}

/** Settings of {@link HnswVectorStore}. */
export interface HnswVectorStoreConfig {
  readonly dimensions: number;
  readonly hnsw: HnswOptions;
  /** Vectors to begin with; none when absent. */
  readonly vectors?: VectorEngine;
  /** Documents of those vectors, by label; a table in memory when absent. */
  readonly documents?: DocumentTable;
}

/**
 * LangChain's vector store over hnswlib: exact search for few vectors, a graph for many.
 *
 * Scores are cosine similarities, best first, equal ones by label. A filter is data, never a function, for a
 * function that throws inside hnswlib ends the process.
 */
export class HnswVectorStore extends VectorStore {
  declare FilterType: VectorFilter;
  #vectors: VectorEngine;
  readonly #documents: DocumentTable;
  readonly #hnsw: HnswOptions;

  constructor(embeddings: EmbeddingsInterface, config: HnswVectorStoreConfig) {
    super(embeddings, {});
    this.#hnsw = config.hnsw;
    this.#vectors = config.vectors ?? createVectors(config.dimensions, 0, config.hnsw);
    this.#documents = config.documents ?? createDocumentTable();
  }

  _vectorstoreType(): string {
    return 'footnote-hnsw';
  }

  /** Number of vectors. */
  get size(): number {
    return this.#vectors.size;
  }

  /** Adds documents, replacing those with the same id. Returns their ids; documents without one get one. */
  async addDocuments(documents: DocumentInterface[], options?: { ids?: string[] }): Promise<string[]> {
    const vectors = await this.embeddings.embedDocuments(documents.map((document) => document.pageContent));
    return this.addVectors(vectors, documents, options);
  }

  /** As {@link addDocuments}. @throws FootnoteError `model-failed` for a vector that cannot be searched. */
  async addVectors(
    vectors: number[][],
    documents: DocumentInterface[],
    options: { ids?: string[] } = {},
  ): Promise<string[]> {
    if (vectors.length !== documents.length) {
      throw new RangeError(`There are ${vectors.length} vectors for ${documents.length} documents.`);
    }
    // All before the first is added, so that a bad one leaves the store as it was.
    const checked = vectors.map((vector) => unitVector(vector, this.#vectors.dimensions));
    this.#grow(this.#vectors.size + vectors.length);
    return documents.map((document, index) => {
      const id = options.ids?.[index] ?? document.id ?? randomUUID();
      const label = this.#documents.label(id) ?? this.#documents.nextLabel();
      this.#vectors.add(label, checked[index] ?? []);
      this.#documents.put(label, { ...document, id });
      return id;
    });
  }

  /** Removes documents; ids that do not exist are ignored. */
  override async delete({ ids }: { ids: readonly string[] }): Promise<void> {
    for (const id of ids) {
      const label = this.#documents.label(id);
      if (label === undefined) continue;
      this.#vectors.remove(label);
      this.#documents.remove(label);
    }
  }

  async similaritySearchVectorWithScore(
    query: number[],
    k: number,
    filter?: VectorFilter,
  ): Promise<[DocumentInterface, number][]> {
    const hits = this.searchLabels(query, k, this.#allowed(filter));
    return hits.flatMap(({ label, score }) => {
      const document = this.#documents.get(label);
      return document ? [[document, score] as [DocumentInterface, number]] : [];
    });
  }

  /** The search beneath the others: labels without their documents. */
  searchLabels(query: readonly number[], limit: number, allowed?: ReadonlySet<number>): VectorHit[] {
    return this.#vectors.search(query, limit, allowed);
  }

  /** Writes vectors and documents to `file` and a file beside it; the old ones are replaced at once. */
  async save(file: string): Promise<void> {
    await writeStoreFile(file, this.#vectors, this.#documents);
  }

  /** @throws FootnoteError `index-unusable` when the files are missing, damaged or of another dimension. */
  static async load(
    file: string,
    embeddings: EmbeddingsInterface,
    config: Pick<HnswVectorStoreConfig, 'dimensions' | 'hnsw'>,
  ): Promise<HnswVectorStore> {
    return new HnswVectorStore(embeddings, { ...config, ...(await readStoreFile(file, config)) });
  }

  static override async fromTexts(
    texts: string[],
    metadatas: object[] | object,
    embeddings: EmbeddingsInterface,
    config: HnswVectorStoreConfig,
  ): Promise<HnswVectorStore> {
    const documents = texts.map((pageContent, index) => {
      const metadata: unknown = Array.isArray(metadatas) ? metadatas[index] : metadatas;
      return { pageContent, metadata: { ...(typeof metadata === 'object' ? metadata : {}) } };
    });
    return HnswVectorStore.fromDocuments(documents, embeddings, config);
  }

  static override async fromDocuments(
    documents: DocumentInterface[],
    embeddings: EmbeddingsInterface,
    config: HnswVectorStoreConfig,
  ): Promise<HnswVectorStore> {
    const store = new HnswVectorStore(embeddings, config);
    await store.addDocuments(documents);
    return store;
  }

  /** Changes to the layout that `count` vectors need, when exact search is no longer enough. */
  #grow(count: number): void {
    if (this.#vectors.kind === 'graph' || count <= this.#hnsw.exactLimit) return;
    const grown = createVectors(this.#vectors.dimensions, count, this.#hnsw);
    for (const [label, vector] of this.#vectors.entries()) grown.add(label, vector);
    this.#vectors = grown;
  }

  #allowed(filter: VectorFilter | undefined): ReadonlySet<number> | undefined {
    if (!filter?.ids) return filter?.labels;
    const labels = filter.ids.flatMap((id) => this.#documents.label(id) ?? []);
    return new Set(labels.filter((label) => filter.labels?.has(label) ?? true));
  }
}
