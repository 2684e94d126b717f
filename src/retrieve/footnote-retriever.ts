import { AsyncLocalStorage } from 'node:async_hooks';

import type { CallbackManagerForRetrieverRun } from '@langchain/core/callbacks/manager';
import { Document } from '@langchain/core/documents';
import { BaseRetriever } from '@langchain/core/retrievers';
import type { RunnableConfig } from '@langchain/core/runnables';

import type { Evidence } from '../domain/evidence.ts';

/** What a document carries: enough to cite `pageContent` exactly. */
export interface PassageMetadata extends Record<string, unknown> {
  readonly articleId: string;
  readonly articleVersion: string;
  readonly passageId: string;
  readonly title: string;
  readonly publishedAt?: string;
  readonly sourceUrl?: string;
  /** UTF-16 code units into the article's text, end exclusive. */
  readonly source: { readonly start: number; readonly end: number };
  readonly score: number;
}

/** Footnote's retrieval as a LangChain retriever, for use in any LangChain program. */
export class FootnoteRetriever extends BaseRetriever<PassageMetadata> {
  static override lc_name(): string {
    return 'FootnoteRetriever';
  }

  readonly lc_namespace = ['footnote', 'retrievers'];
  // LangChain does not hand the options of a call to what overrides `_getRelevantDocuments`.
  readonly #signals = new AsyncLocalStorage<AbortSignal | undefined>();
  readonly #search: (query: string, signal?: AbortSignal) => Promise<readonly Evidence[]>;

  /** @param fields.search - retrieves for one question, e.g. `(query) => assistant.search({ query })`. */
  constructor(fields: { search: (query: string, signal?: AbortSignal) => Promise<readonly Evidence[]> }) {
    super();
    this.#search = fields.search;
  }

  /** As every retriever; `options.signal` ends the search. */
  override invoke(input: string, options?: RunnableConfig): Promise<Document<PassageMetadata>[]> {
    return this.#signals.run(options?.signal, () => super.invoke(input, options));
  }

  override async _getRelevantDocuments(
    query: string,
    _run?: CallbackManagerForRetrieverRun,
  ): Promise<Document<PassageMetadata>[]> {
    const evidence = await this.#search(query, this.#signals.getStore());
    return evidence.map(toDocument);
  }
}

/** A retrieved passage as a LangChain document. */
export function toDocument({ passage, article, text, score }: Evidence): Document<PassageMetadata> {
  return new Document({
    id: passage.id,
    pageContent: text,
    metadata: {
      articleId: article.id,
      articleVersion: article.version,
      passageId: passage.id,
      title: article.title,
      ...(article.publishedAt !== undefined && { publishedAt: article.publishedAt }),
      ...(article.sourceUrl !== undefined && { sourceUrl: article.sourceUrl }),
      source: { start: passage.start, end: passage.end },
      score,
    },
  });
}
