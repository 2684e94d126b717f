import type { AnswerSummary } from '../../domain/answer.ts';
import type { Citation } from '../../domain/citation.ts';
import type { Timings, WatchedAnswer } from '../ask-watched.ts';
import type { Relevance } from '../metrics.ts';
import { sameQuote } from '../quote-match.ts';
import { type GoldenQuestion, requiredGroups } from './golden-set.ts';
import type { LocatedGold } from './locate-gold.ts';

/** A citation beside the gold sentences. */
interface JudgedCitation {
  readonly citation: Citation;
  /** Places in the question's gold of the sentences that this is. */
  readonly gold: readonly number[];
}

/** A ranking and which of its ranks, from 0, is the first to hold a sentence of each required group. */
export interface JudgedRanking {
  readonly relevance: Relevance;
  /** How many relevant items there are to find. */
  readonly relevant: number;
  /** By required group; -1 where it is not there. */
  readonly firstOfGroup: readonly number[];
}

/** How one answer compares with the gold. */
export interface GoldenOutcome {
  readonly question: GoldenQuestion;
  /** The question's language, or `cross` when only articles in the other one answer. */
  readonly language: string;
  readonly abstained: boolean;
  /** True when the chat model failed and the extractive writer answered. */
  readonly degraded: boolean;
  readonly summary: AnswerSummary;
  readonly belief: number;
  readonly timings: Timings;
  readonly citations: readonly JudgedCitation[];
  /** The citations, first to last, by required group. */
  readonly cited: JudgedRanking;
  /** The evidence by article, without repetition, and by passage. */
  readonly articles: JudgedRanking;
  readonly passages: JudgedRanking;
}

/** Compares an answer with the gold sentences of its question. */
export function judgeAnswer(
  question: GoldenQuestion,
  gold: readonly LocatedGold[],
  { answer, belief, timings }: WatchedAnswer,
): GoldenOutcome {
  const groups = question.answerable ? requiredGroups(question) : [];
  const citations = answer.citations.map((citation) => ({
    citation,
    gold: placesWhere(gold, (item) => sameQuote(item, placed(citation))),
  }));
  const articles = Array.from(new Set(answer.evidence.map(({ articleId }) => articleId)));
  const isForeign = gold.length > 0 && gold.every(({ language }) => language !== question.lang);
  return {
    question,
    language: question.type === 'cross' || isForeign ? 'cross' : question.lang,
    abstained: answer.abstained,
    degraded: answer.degraded,
    summary: answer.summary,
    belief,
    timings,
    citations,
    cited: rank(
      groups,
      citations.map((citation) => citation.gold),
      gold.length,
    ),
    articles: rank(
      groups,
      articles.map((id) => placesWhere(gold, ({ articleId }) => articleId === id)),
      new Set(gold.map(({ articleId }) => articleId)).size,
    ),
    passages: rank(
      groups,
      answer.evidence.map(({ passageId }) =>
        placesWhere(gold, ({ passageIds }) => passageIds.includes(passageId)),
      ),
      new Set(gold.flatMap(({ passageIds }) => passageIds)).size,
    ),
  };
}

/** Share of the required groups that are among the first `k`. */
export function groupRecall({ firstOfGroup }: JudgedRanking, k = Number.POSITIVE_INFINITY): number {
  return (
    firstOfGroup.filter((rankOfGroup) => rankOfGroup !== -1 && rankOfGroup < k).length / firstOfGroup.length
  );
}

/** Whether any required group is among the first `k`. */
export function hitWithin({ firstOfGroup }: JudgedRanking, k: number): boolean {
  return firstOfGroup.some((rankOfGroup) => rankOfGroup !== -1 && rankOfGroup < k);
}

function rank(
  groups: readonly (readonly number[])[],
  goldOfRanks: readonly (readonly number[])[],
  relevant: number,
): JudgedRanking {
  return {
    relevance: goldOfRanks.map((gold) => gold.length > 0),
    relevant,
    firstOfGroup: groups.map((group) =>
      goldOfRanks.findIndex((gold) => gold.some((one) => group.includes(one))),
    ),
  };
}

function placesWhere<T>(items: readonly T[], holds: (item: T) => boolean): number[] {
  return items.flatMap((item, place) => (holds(item) ? [place] : []));
}

function placed({ articleId, quote, source }: Citation) {
  return { articleId, quote, span: source };
}
