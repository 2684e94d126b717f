import { latencyTable } from '../latency-table.ts';
import { auroc, mean, ndcgAt, reciprocalRank, sum } from '../metrics.ts';
import { type Column, type Group, groupBy, type ScoreTable, scoreTable } from '../score-table.ts';
import { type GoldenOutcome, groupRecall, hitWithin, type JudgedRanking } from './judge-answer.ts';

/** The measures of the golden set by language, by type, and over everything. */
export function goldenTables(outcomes: readonly GoldenOutcome[], inexact: number): ScoreTable[] {
  const answerable = grouped(outcomes.filter(({ question }) => question.answerable));
  return [
    scoreTable('answers', answerable, answerColumns),
    scoreTable(
      'articles found',
      answerable,
      retrievalColumns((outcome) => outcome.articles),
    ),
    scoreTable(
      'sentences found',
      answerable,
      retrievalColumns((outcome) => outcome.passages),
    ),
    scoreTable('abstention', abstentionGroups(outcomes), abstentionColumns),
    scoreTable(
      'exactness',
      [{ name: 'all', outcomes }],
      [
        count('citations', (items) => items.flatMap(({ citations }) => citations).length),
        count('inexact', () => inexact),
        count('dropped', (items) => sum(items.map(({ summary }) => summary.droppedCitations))),
        share('supported', supportedShare),
        count('degraded', (items) => items.filter(({ degraded }) => degraded).length),
      ],
    ),
    latencyTable(outcomes.map(({ timings }) => timings)),
  ];
}

/** Share of the sentences of all answers that verification calls supported. */
function supportedShare(outcomes: readonly GoldenOutcome[]): number {
  const summaries = outcomes.map(({ summary }) => summary);
  const sentences = summaries.map((item) => item.supported + item.partial + item.unsupported + item.uncited);
  return sum(summaries.map(({ supported }) => supported)) / sum(sentences);
}

function grouped(outcomes: readonly GoldenOutcome[]): Group<GoldenOutcome>[] {
  return [
    { name: 'all', outcomes },
    ...groupBy(outcomes, ({ language }) => language),
    ...groupBy(outcomes, ({ question }) => question.type).filter(({ name }) => name !== 'cross'),
  ];
}

/** Languages against all their questions; each unanswerable type by itself. */
function abstentionGroups(outcomes: readonly GoldenOutcome[]): Group<GoldenOutcome>[] {
  const unanswerable = outcomes.filter(({ question }) => !question.answerable);
  return [
    { name: 'all', outcomes },
    ...groupBy(outcomes, ({ language }) => language),
    ...groupBy(unanswerable, ({ question }) => question.type),
  ];
}

type Value = Column<GoldenOutcome>['value'];
const count = (name: string, value: Value) => ({ name, format: 'count', value }) as const;
const share = (name: string, value: Value) => ({ name, format: 'share', value }) as const;
const meanOf = (name: string, score: (outcome: GoldenOutcome) => number) =>
  share(name, (outcomes) => mean(outcomes.map(score)));

const answerColumns: readonly Column<GoldenOutcome>[] = [
  count('questions', (outcomes) => outcomes.length),
  meanOf('declined', ({ abstained }) => Number(abstained)),
  meanOf('gold cited', ({ cited }) => Number(groupRecall(cited) === 1)),
  meanOf('hit@1', ({ cited }) => Number(hitWithin(cited, 1))),
  meanOf('hit@3', ({ cited }) => Number(hitWithin(cited, 3))),
  share('precision', (outcomes) =>
    mean(
      outcomes
        .filter(({ citations }) => citations.length > 0)
        .map(({ cited }) => mean(cited.relevance.map(Number))),
    ),
  ),
  meanOf('recall', ({ cited }) => groupRecall(cited)),
];

const retrievalColumns = (
  ranking: (outcome: GoldenOutcome) => JudgedRanking,
): readonly Column<GoldenOutcome>[] => [
  count('questions', (outcomes) => outcomes.length),
  meanOf('recall@1', (outcome) => groupRecall(ranking(outcome), 1)),
  meanOf('recall@5', (outcome) => groupRecall(ranking(outcome), 5)),
  meanOf('recall@10', (outcome) => groupRecall(ranking(outcome), 10)),
  meanOf('MRR', (outcome) => reciprocalRank(ranking(outcome).relevance)),
  meanOf('nDCG@10', (outcome) => ndcgAt(ranking(outcome).relevance, 10, ranking(outcome).relevant)),
];

const isAnswerable = ({ question }: GoldenOutcome) => question.answerable;
const isUnanswerable = ({ question }: GoldenOutcome) => !question.answerable;
const declinedShare = (outcomes: readonly GoldenOutcome[]) =>
  mean(outcomes.map(({ abstained }) => Number(abstained)));

const abstentionColumns: readonly Column<GoldenOutcome>[] = [
  count('unanswerable', (outcomes) => outcomes.filter(isUnanswerable).length),
  share('declined', (outcomes) => declinedShare(outcomes.filter(isUnanswerable))),
  count('answerable', (outcomes) => outcomes.filter(isAnswerable).length),
  share('wrongly declined', (outcomes) => declinedShare(outcomes.filter(isAnswerable))),
  share('precision', (outcomes) =>
    // Among unanswerable questions alone every refusal is right, which says nothing.
    outcomes.some(isAnswerable)
      ? mean(outcomes.filter(({ abstained }) => abstained).map((outcome) => Number(isUnanswerable(outcome))))
      : Number.NaN,
  ),
  share('belief AUROC', (outcomes) =>
    auroc(
      outcomes.filter(isAnswerable).map(({ belief }) => belief),
      outcomes.filter(isUnanswerable).map(({ belief }) => belief),
    ),
  ),
];
