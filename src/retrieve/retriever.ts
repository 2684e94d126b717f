import type { Evidence } from '../domain/evidence.ts';
import type { Filters } from '../domain/filters.ts';
import type { Language } from '../domain/language.ts';
import type { EmbeddingModel, PassageIndex } from '../domain/ports.ts';
import { averageHits, fuse, type FusedHit } from './fuse.ts';
import type { Glossary } from './glossary.ts';
import { planQuery } from './query-plan.ts';
import { retrievalSettings as settings } from './retrieval-settings.ts';

/** What is searched for. */
export interface RetrievalRequest {
  readonly question: string;
  readonly language: Language;
  /** The question with what the conversation adds: rewritten, or preceded by the question before it. */
  readonly inConversation?: string;
  readonly filters?: Filters;
  /** Number of passages, at least 1. */
  readonly topK: number;
  readonly signal?: AbortSignal;
}

/** Ranks the passages of an index by how well they fit a question. */
export interface Retriever {
  /** Best first, at most `topK`, only passages that share something with the question. */
  retrieve(index: PassageIndex, request: RetrievalRequest): Promise<Evidence[]>;
}

/** Hybrid retrieval: dense and lexical, per language of the articles, fused by normalised scores. */
export function createRetriever({
  embeddings,
  glossary,
}: {
  readonly embeddings: EmbeddingModel;
  readonly glossary: Glossary;
}): Retriever {
  async function searchLanguage(
    index: PassageIndex,
    question: string,
    articleLanguage: Language,
    request: RetrievalRequest,
  ): Promise<FusedHit[]> {
    const { language, signal } = request;
    const plan = planQuery({
      question,
      questionLanguage: language,
      articleLanguage,
      glossary,
      denseLanguages: embeddings.languages,
    });
    const filters = { ...request.filters, languages: [articleLanguage] };
    const abort = signal ? { signal } : {};
    const denseWeight = weightOfDense(language, articleLanguage, embeddings.languages);
    const [dense, lexical] = await Promise.all([
      plan.dense !== undefined && denseWeight > 0
        ? embeddings
            .embedQuery(plan.dense, abort)
            .then((vector) => index.searchVectors({ vector, limit: settings.candidates, filters, ...abort }))
        : [],
      index.searchText({
        terms: plan.terms,
        language: articleLanguage,
        limit: settings.candidates,
        filters,
        ...abort,
      }),
    ]);
    const factor = language === articleLanguage ? 1 : settings.otherLanguageFactor;
    return fuse({ dense, lexical, denseWeight }).map((hit) => ({ ...hit, score: hit.score * factor }));
  }

  async function searchAll(index: PassageIndex, question: string, request: RetrievalRequest) {
    const wanted = articleLanguages(index, request.filters);
    const lists = await Promise.all(
      wanted.map((language) => searchLanguage(index, question, language, request)),
    );
    return lists.flat();
  }

  return {
    retrieve: async (index, request) => {
      const { question, inConversation, topK } = request;
      request.signal?.throwIfAborted();
      const [alone, together] = await Promise.all([
        searchAll(index, question, request),
        inConversation === undefined ? [] : searchAll(index, inConversation, request),
      ]);
      const weight = inConversation === undefined ? 0 : settings.conversationWeight;
      const hits = averageHits([
        { hits: alone, weight: 1 - weight },
        { hits: together, weight },
      ]).slice(0, topK);
      request.signal?.throwIfAborted();
      return evidenceOf(index, hits);
    },
  };
}

function articleLanguages(index: PassageIndex, filters: Filters | undefined): Language[] {
  const present: Language[] = [];
  if (index.generation.languages.en) present.push('en');
  if (index.generation.languages.vi) present.push('vi');
  return present.filter((language) => filters?.languages?.includes(language) ?? true);
}

function weightOfDense(question: Language, articles: Language, understood: readonly Language[]): number {
  if (understood.includes(question) && understood.includes(articles)) {
    return understood.length > 1 ? settings.multilingualDenseWeight : settings.denseWeight[articles];
  }
  return settings.crossLanguageDenseWeight;
}

async function evidenceOf(index: PassageIndex, hits: readonly FusedHit[]): Promise<Evidence[]> {
  const stored = await index.passages(hits.map(({ passageId }) => passageId));
  const byId = new Map(stored.map((item) => [item.passage.id, item]));
  return hits.flatMap(({ passageId, score, dense, lexical }) => {
    const item = byId.get(passageId);
    if (!item) return [];
    const signals = { ...(dense !== undefined && { dense }), ...(lexical !== undefined && { lexical }) };
    return [{ ...item, score, signals }];
  });
}
