import type { Evidence } from '../domain/evidence.ts';
import type { Language } from '../domain/language.ts';
import type { EmbeddingModel, PassageIndex } from '../domain/ports.ts';
import type { Glossary } from '../retrieve/glossary.ts';
import { planQuery } from '../retrieve/query-plan.ts';
import type { QueryPlan } from '../retrieve/term-group.ts';
import { answerKind } from './answer-kind.ts';
import { collectCandidates } from './candidate.ts';
import { type RankedCandidate, rankCandidates } from './rank-candidates.ts';

/** What is assessed. */
export interface AssessmentRequest {
  readonly question: string;
  readonly language: Language;
  readonly evidence: readonly Evidence[];
  readonly signal?: AbortSignal;
}

/** Tells which sentences of the evidence hold what is asked for. */
export type AssessEvidence = (index: PassageIndex, request: AssessmentRequest) => Promise<RankedCandidate[]>;

/** Creates the step between retrieval and writing: the evidence's sentences, ranked, best first. */
export function createEvidenceAssessor({
  embeddings,
  glossary,
}: {
  readonly embeddings: EmbeddingModel;
  readonly glossary: Glossary;
}): AssessEvidence {
  return async (index, { question, language, evidence, signal }) => {
    const articleLanguages = Array.from(new Set(evidence.map(({ article }) => article.language)));
    const plans = new Map(
      articleLanguages.map((articleLanguage): [Language, QueryPlan] => [
        articleLanguage,
        planQuery({
          question,
          questionLanguage: language,
          articleLanguage,
          glossary,
          denseLanguages: embeddings.languages,
        }),
      ]),
    );
    const [idf, cosines] = await Promise.all([
      inverseDocumentFrequencies(index, plans),
      questionCosines({ index, embeddings, evidence, question, language, ...(signal && { signal }) }),
    ]);
    signal?.throwIfAborted();
    const kind = answerKind(question, language);
    return rankCandidates(collectCandidates({ evidence, plans, idf, question, kind, cosines }));
  };
}

/** BM25's probabilistic IDF, floored so that a term which is everywhere still counts a little. */
async function inverseDocumentFrequencies(index: PassageIndex, plans: ReadonlyMap<Language, QueryPlan>) {
  const byLanguage = new Map(
    await Promise.all(
      Array.from(plans, async ([language, { terms }]) => {
        const frequencies = await index.documentFrequencies(
          terms.map(({ term }) => term),
          language,
        );
        return [language, frequencies] as const;
      }),
    ),
  );
  return (term: string, language: Language): number => {
    const passages = index.generation.languages[language] ?? 0;
    const frequency = byLanguage.get(language)?.get(term) ?? 0;
    return Math.max(0.1, Math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5)));
  };
}

async function questionCosines(options: {
  readonly index: PassageIndex;
  readonly embeddings: EmbeddingModel;
  readonly evidence: readonly Evidence[];
  readonly question: string;
  readonly language: Language;
  readonly signal?: AbortSignal;
}): Promise<Map<string, number[]>> {
  const { index, embeddings, evidence, question, language, signal } = options;
  if (!embeddings.languages.includes(language)) return new Map();
  const understood = evidence.filter(({ article }) => embeddings.languages.includes(article.language));
  if (understood.length === 0) return new Map();
  const [query, vectors] = await Promise.all([
    embeddings.embedQuery(question, signal ? { signal } : {}),
    index.sentenceVectors(understood.map(({ passage }) => passage.id)),
  ]);
  return new Map(
    Array.from(vectors, ([passageId, sentences]) => [
      passageId,
      sentences.map((vector) => dot(query, vector)),
    ]),
  );
}

function dot(a: readonly number[], b: Float32Array): number {
  let total = 0;
  for (const [index, value] of b.entries()) total += value * (a[index] ?? 0);
  return total;
}
