import type { Evidence } from '../domain/evidence.ts';
import type { Filters } from '../domain/filters.ts';
import type { Language } from '../domain/language.ts';
import type { EmbeddingModel, PassageIndex } from '../domain/ports.ts';
import { decompose } from './decompose.ts';
import { diversify } from './diversify.ts';
import { embedOnce, type EmbedQuery } from './embed-once.ts';
import { copyToKeep, foldDuplicates, type Leaders } from './fold-duplicates.ts';
import { averageHits, bestHits, type FusedHit } from './fuse.ts';
import type { Glossary } from './glossary.ts';
import { measureEvidence } from './measure-evidence.ts';
import { planQuery } from './query-plan.ts';
import { type MeasuredEvidence, rerank } from './rerank.ts';
import { retrievalSettings as settings } from './retrieval-settings.ts';
import { searchHybrid } from './search-hybrid.ts';
import type { QueryPlan } from './term-group.ts';
import { reorderByTime, type TimeSearch } from './time/time-search.ts';

/** A question by the languages that it was translated into. */
export type Translations = Partial<Readonly<Record<Language, string>>>;

/** What is searched for. */
export interface RetrievalRequest {
  /** The question as asked. */
  readonly question: string;
  readonly language: Language;
  /** What the question leaves unsaid: the one before it. Its words count half when sentences are measured. */
  readonly context?: string;
  /** The question with what came before it; searched for beside `question`. */
  readonly inConversation?: string;
  /** `question` in other languages: how articles in those are searched and measured, beside the glossary. */
  readonly translations?: Translations;
  readonly filters?: Filters;
  /** What the question says about time; absent: time plays no part. */
  readonly time?: TimeSearch;
  /** Number of passages, at least 1. */
  readonly topK: number;
  readonly signal?: AbortSignal;
}

/** Ranks the passages of an index by how well they fit a question. */
export interface Retriever {
  /** Best first, at most `topK`, only passages that share something with the question; copies are folded. */
  retrieve(index: PassageIndex, request: RetrievalRequest): Promise<MeasuredEvidence[]>;
}

/** Hybrid retrieval: dense and lexical, per language of the articles, fused by scores, reranked by sentences. */
export function createRetriever(parts: {
  readonly embeddings: EmbeddingModel;
  readonly glossary: Glossary;
}): Retriever {
  const { embeddings, glossary } = parts;

  const common = { glossary, denseLanguages: embeddings.languages };

  function plansFor(index: PassageIndex, question: string, request: RetrievalRequest, context?: string) {
    return new Map(
      articleLanguages(index, request.filters).map((articleLanguage): [Language, QueryPlan] => [
        articleLanguage,
        planQuery({
          question,
          questionLanguage: request.language,
          articleLanguage,
          ...common,
          ...(context !== undefined && { context }),
        }),
      ]),
    );
  }

  /** The translations, planned as questions in their own language. */
  function translatedPlans(index: PassageIndex, { filters, translations = {} }: RetrievalRequest) {
    return new Map(
      articleLanguages(index, filters).flatMap((language): [Language, QueryPlan][] => {
        const question = translations[language];
        if (question === undefined) return [];
        const languages = { questionLanguage: language, articleLanguage: language };
        return [[language, planQuery({ question, ...languages, ...common })]];
      }),
    );
  }

  async function searchAll(
    index: PassageIndex,
    plans: ReadonlyMap<Language, QueryPlan>,
    request: RetrievalRequest,
    embedQuery: EmbedQuery,
    translated: ReadonlyMap<Language, QueryPlan> = new Map(),
  ) {
    const lists = await Promise.all(
      Array.from(plans, async ([articleLanguage, plan]) => {
        const { denseLanguages } = common;
        const where = { index, embedQuery, denseLanguages, articleLanguage, request };
        const translation = translated.get(articleLanguage);
        const [asked, inTranslation] = await Promise.all([
          searchHybrid({ ...where, plan, planLanguage: request.language }),
          translation && searchHybrid({ ...where, plan: translation, planLanguage: articleLanguage }),
        ]);
        if (!inTranslation) return asked;
        return averageHits([
          { hits: inTranslation, weight: 1 },
          { hits: asked, weight: settings.untranslatedWeight },
        ]);
      }),
    );
    return lists.flat();
  }

  return {
    retrieve: async (index, request) => {
      const { question, context, inConversation, topK, signal } = request;
      signal?.throwIfAborted();
      const embedQuery = embedOnce(embeddings, signal);
      const plans = plansFor(index, question, request);
      const translated = translatedPlans(index, request);
      const search = (text: string) => searchAll(index, plansFor(index, text, request), request, embedQuery);
      const subquestions = decompose(question, request.language);
      const [alone, together, ...apart] = await Promise.all([
        searchAll(index, plans, request, embedQuery, translated),
        inConversation === undefined ? [] : search(inConversation),
        ...(subquestions.length > 1 ? subquestions.map(search) : []),
      ]);
      const hits = averageHits([
        { hits: alone, weight: 1 },
        { hits: together, weight: inConversation === undefined ? 0 : settings.conversationWeight },
        { hits: bestHits(apart), weight: apart.length > 0 ? settings.partsWeight : 0 },
      ]).slice(0, Math.max(topK, settings.rerankPool));
      const pool = await measureEvidence({
        index,
        embedQuery,
        evidence: await evidenceOf(index, hits),
        plans: new Map([
          ...(context === undefined ? plans : plansFor(index, question, request, context)),
          ...translated,
        ]),
        ...(signal && { signal }),
      });
      const ranked = rerank(pool);
      const timed = request.time ? reorderByTime(ranked, request.time) : ranked;
      const folded = foldDuplicates(timed, copyToKeep(request.time), await leadersOf(index, timed));
      return diversify(folded, topK);
    },
  };
}

/** Who stands for the near copies among the articles found. */
async function leadersOf(index: PassageIndex, found: readonly Evidence[]): Promise<Leaders> {
  const ids = new Set(found.map(({ article }) => article.id));
  const groups = await index.copyGroups(Array.from(ids));
  return new Map(Array.from(groups, ([id, { leader }]) => [id, leader.id]));
}

function articleLanguages(index: PassageIndex, filters: Filters | undefined): Language[] {
  const present: Language[] = [];
  if (index.generation.languages.en) present.push('en');
  if (index.generation.languages.vi) present.push('vi');
  return present.filter((language) => filters?.languages?.includes(language) ?? true);
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
