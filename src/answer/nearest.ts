import type { NearestArticle } from '../domain/answer.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Language } from '../domain/language.ts';
import { type CandidateMode, closenessOf } from './candidate.ts';
import { quotedSource } from './quoted-source.ts';
import type { RankedCandidate } from './rank-candidates.ts';
import { sourceKey } from './source-sentence.ts';

/** Most articles that are shown for one question. */
const mostArticles = 3;

/**
 * How close a sentence must be for its article to be shown, on the scale of {@link closenessOf}, by what is known of
 * it. Belief cannot tell: it asks whether a sentence answers, and in a near miss none does. Measured on the golden
 * set: of the questions that are declined, all 20 near misses and false premises show an article, and none of the
 * 10 from elsewhere does; of 207 declined questions about other subjects, from public sets, 5 do.
 */
const floors: Record<CandidateMode, number> = { meaning: 0.7, gloss: 0.7, words: 0.45, translated: 0.65 };

/** What a nearest article is looked for in. */
export interface NearestOptions {
  /** In any order. */
  readonly candidates: readonly RankedCandidate[];
  /** The passages that the answer shows; others are not pointed to. */
  readonly evidence: readonly Evidence[];
  /** Language of the question. */
  readonly questionLanguage: Language;
  /** Sentences that the reply cites already, by {@link sourceKey}. */
  readonly cited: ReadonlySet<string>;
}

/**
 * The articles that come nearest to what was asked, each with its closest sentence: those in the question's
 * language first, then by closeness. Empty where nothing is related.
 */
export function nearestArticles(options: NearestOptions): NearestArticle[] {
  const { candidates, evidence, questionLanguage, cited } = options;
  const isReadable = (one: RankedCandidate) => one.evidence.article.language === questionLanguage;
  const shown = new Set(evidence.map(({ passage }) => passage.id));
  const related = candidates.filter(
    (one) =>
      closenessOf(one) >= floors[one.mode] &&
      shown.has(one.evidence.passage.id) &&
      !opensList.test(one.text) &&
      !cited.has(sourceKey(one)),
  );
  const ordered = related.toSorted(
    (a, b) => Number(isReadable(b)) - Number(isReadable(a)) || closenessOf(b) - closenessOf(a),
  );
  const articles = Array.from(new Set(ordered.map(articleOf))).slice(0, mostArticles);
  return articles.flatMap((id) => {
    const [closest] = ordered
      .filter((one) => articleOf(one) === id)
      .toSorted((a, b) => directness(b) - directness(a));
    return closest ? [{ ...quotedSource(closest), language: closest.evidence.article.language }] : [];
  });
}

/** A sentence that ends so says nothing without what follows it. */
const opensList = /[:：]["'”’)]*$/u;

/** How near the sentence itself comes. */
const directness = ({ features }: RankedCandidate): number =>
  features.dense + (features.context + features.coverage) / 2;

const articleOf = ({ evidence }: RankedCandidate): string => evidence.article.id;
