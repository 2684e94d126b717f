import { latencyTable } from '../latency-table.ts';
import { auroc, declineTradeOff, mean, ndcgAt, recallAt, reciprocalRank } from '../metrics.ts';
import { type Column, type Group, groupBy, type ScoreTable, scoreTable } from '../score-table.ts';
import type { QueryOutcome } from './judge-query.ts';

/** Share of answerable questions that the trade-off may decline. */
const acceptedLoss = 0.1;

/** The measures of a question set, by type where there are several. */
export function setTables(outcomes: readonly QueryOutcome[]): ScoreTable[] {
  const answerable = outcomes.filter(isAnswerable);
  return [
    scoreTable('documents found', grouped(answerable), retrievalColumns),
    scoreTable('answers', grouped(answerable.filter(({ hits }) => hits !== undefined)), answerColumns),
    scoreTable('abstention', [{ name: 'all', outcomes }], abstentionColumns),
    latencyTable(outcomes.map(({ timings }) => timings)),
  ];
}

function isAnswerable({ query }: QueryOutcome): boolean {
  return query.answerable;
}

function grouped(outcomes: readonly QueryOutcome[]): Group<QueryOutcome>[] {
  const byType = groupBy(outcomes, ({ query }) => query.type);
  return [{ name: 'all', outcomes }, ...(byType.length > 1 ? byType : [])];
}

const questions: Column<QueryOutcome> = {
  name: 'questions',
  format: 'count',
  value: (outcomes) => outcomes.length,
};

const meanOf = (name: string, score: (outcome: QueryOutcome) => number): Column<QueryOutcome> => ({
  name,
  format: 'share',
  value: (outcomes) => mean(outcomes.map(score)),
});

const retrievalColumns: readonly Column<QueryOutcome>[] = [
  questions,
  meanOf('recall@1', ({ ranking, query }) => recallAt(ranking, 1, query.gold_docs.length)),
  meanOf('recall@5', ({ ranking, query }) => recallAt(ranking, 5, query.gold_docs.length)),
  meanOf('recall@10', ({ ranking, query }) => recallAt(ranking, 10, query.gold_docs.length)),
  meanOf('MRR', ({ ranking }) => reciprocalRank(ranking)),
  meanOf('nDCG@10', ({ ranking, query }) => ndcgAt(ranking, 10, query.gold_docs.length)),
];

const answerColumns: readonly Column<QueryOutcome>[] = [
  questions,
  meanOf('declined', ({ abstained }) => Number(abstained)),
  meanOf('hit@1', ({ hits }) => Number(hits?.[0] ?? false)),
  meanOf('hit', ({ hits }) => Number(hits?.includes(true) ?? false)),
  {
    name: 'hit if answered',
    format: 'share',
    value: (outcomes) =>
      mean(outcomes.filter(({ abstained }) => !abstained).map(({ hits }) => Number(hits?.includes(true)))),
  },
  meanOf('citations', ({ citations }) => citations.length),
];

const beliefs = (outcomes: readonly QueryOutcome[]) => ({
  answerable: outcomes.filter(isAnswerable).map(({ belief }) => belief),
  unanswerable: outcomes.filter((outcome) => !isAnswerable(outcome)).map(({ belief }) => belief),
});

function tradeOff(outcomes: readonly QueryOutcome[]) {
  const { answerable, unanswerable } = beliefs(outcomes);
  return declineTradeOff(answerable, unanswerable, acceptedLoss);
}

const declinedOf = (outcomes: readonly QueryOutcome[], answerable: boolean) =>
  mean(
    outcomes
      .filter((outcome) => isAnswerable(outcome) === answerable)
      .map(({ abstained }) => Number(abstained)),
  );

const abstentionColumns: readonly Column<QueryOutcome>[] = [
  { name: 'unanswerable', format: 'count', value: (outcomes) => beliefs(outcomes).unanswerable.length },
  { name: 'declined', format: 'share', value: (outcomes) => declinedOf(outcomes, false) },
  { name: 'wrongly declined', format: 'share', value: (outcomes) => declinedOf(outcomes, true) },
  {
    name: 'belief AUROC',
    format: 'share',
    value: (outcomes) => auroc(beliefs(outcomes).answerable, beliefs(outcomes).unanswerable),
  },
  { name: 'declined at 10 % lost', format: 'share', value: (outcomes) => tradeOff(outcomes).declined },
  { name: 'threshold for it', format: 'share', value: (outcomes) => tradeOff(outcomes).threshold },
];
