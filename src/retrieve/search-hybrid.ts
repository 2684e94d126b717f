import type { Filters } from '../domain/filters.ts';
import type { Language } from '../domain/language.ts';
import type { PassageIndex } from '../domain/ports.ts';
import type { EmbedQuery } from './embed-once.ts';
import { fuse, type FusedHit } from './fuse.ts';
import { retrievalSettings as settings } from './retrieval-settings.ts';
import type { QueryPlan } from './term-group.ts';

/** Searches the articles of one language by meaning and by words, and fuses both lists. */
export async function searchHybrid(options: {
  readonly index: PassageIndex;
  readonly embedQuery: EmbedQuery;
  /** Languages that the embedding model understands. */
  readonly denseLanguages: readonly Language[];
  readonly plan: QueryPlan;
  /** Language that the plan was made from: the question's, or that of its translation. */
  readonly planLanguage: Language;
  readonly articleLanguage: Language;
  readonly request: {
    readonly language: Language;
    readonly filters?: Filters;
    readonly signal?: AbortSignal;
  };
}): Promise<FusedHit[]> {
  const { index, embedQuery, denseLanguages, plan, planLanguage, articleLanguage, request } = options;
  const { language, signal } = request;
  const abort = signal ? { signal } : {};
  const common = {
    limit: settings.candidates,
    filters: { ...request.filters, languages: [articleLanguage] },
    ...abort,
  };
  const denseWeight = weightOfDense(planLanguage, articleLanguage, denseLanguages);
  const vector = plan.dense !== undefined && denseWeight > 0 ? await embedQuery(plan.dense) : undefined;
  const { dense, lexical } = await index.search({
    ...(vector && { vector }),
    terms: plan.terms,
    language: articleLanguage,
    ...common,
  });
  const factor = language === articleLanguage ? 1 : settings.otherLanguageFactor;
  return fuse({ dense, lexical, denseWeight }).map((hit) => ({ ...hit, score: hit.score * factor }));
}

function weightOfDense(question: Language, articles: Language, understood: readonly Language[]): number {
  if (understood.includes(question) && understood.includes(articles)) {
    return understood.length > 1 ? settings.multilingualDenseWeight : settings.denseWeight[articles];
  }
  return settings.crossLanguageDenseWeight;
}
