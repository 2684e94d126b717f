import type { Evidence } from '../domain/evidence.ts';
import type { Language } from '../domain/language.ts';
import type { PassageIndex } from '../domain/ports.ts';
import type { EmbedQuery } from './embed-once.ts';
import type { MeasuredEvidence } from './rerank.ts';
import { measureSentences } from './sentence-signals.ts';
import type { QueryPlan } from './term-group.ts';

/** Measures every sentence of the evidence against a question, planned for each language of the articles. */
export async function measureEvidence(options: {
  readonly index: PassageIndex;
  readonly embedQuery: EmbedQuery;
  readonly evidence: readonly Evidence[];
  readonly plans: ReadonlyMap<Language, QueryPlan>;
  readonly signal?: AbortSignal;
}): Promise<MeasuredEvidence[]> {
  const { evidence, plans } = options;
  const [idf, cosines] = await Promise.all([inverseDocumentFrequencies(options), sentenceCosines(options)]);
  options.signal?.throwIfAborted();
  const contexts = new Map(
    Array.from(plans, ([language, plan]) => [language, { plan, idf: (term: string) => idf(term, language) }]),
  );
  return evidence.flatMap((item) => {
    const context = contexts.get(item.article.language);
    if (!context) return [];
    return [{ ...item, signalsOfSentences: measureSentences(item, context, cosines.get(item.passage.id)) }];
  });
}

/** BM25's IDF, floored so that a term which is everywhere still counts a little. */
async function inverseDocumentFrequencies(options: {
  readonly index: PassageIndex;
  readonly plans: ReadonlyMap<Language, QueryPlan>;
}) {
  const { index, plans } = options;
  const byLanguage = new Map(
    await Promise.all(
      Array.from(plans, async ([language, { terms }]) => {
        const asked = terms.map(({ term }) => term);
        return [language, await index.documentFrequencies(asked, language)] as const;
      }),
    ),
  );
  return (term: string, language: Language): number => {
    const passages = index.generation.languages[language] ?? 0;
    const frequency = byLanguage.get(language)?.get(term) ?? 0;
    return Math.max(0.1, Math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5)));
  };
}

async function sentenceCosines(options: {
  readonly index: PassageIndex;
  readonly embedQuery: EmbedQuery;
  readonly evidence: readonly Evidence[];
  readonly plans: ReadonlyMap<Language, QueryPlan>;
}): Promise<Map<string, number[]>> {
  const { index, embedQuery, evidence, plans } = options;
  const lists = await Promise.all(
    Array.from(plans, async ([language, { dense }]) => {
      const ids = evidence
        .filter(({ article }) => article.language === language)
        .map(({ passage }) => passage.id);
      if (dense === undefined || ids.length === 0) return [];
      const [query, vectors] = await Promise.all([embedQuery(dense), index.sentenceVectors(ids)]);
      return Array.from(
        vectors,
        ([id, sentences]) => [id, sentences.map((vector) => dot(query, vector))] as const,
      );
    }),
  );
  return new Map(lists.flat());
}

function dot(a: readonly number[], b: Float32Array): number {
  let total = 0;
  for (let index = 0; index < b.length; index += 1) total += (a[index] ?? 0) * (b[index] ?? 0);
  return total;
}
