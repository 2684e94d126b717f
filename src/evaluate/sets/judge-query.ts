import type { Citation } from '../../domain/citation.ts';
import { holdsAnswer, isYesOrNo } from '../answer-match.ts';
import type { Timings, WatchedAnswer } from '../ask-watched.ts';
import type { Relevance } from '../metrics.ts';
import type { SetQuery } from './question-set.ts';

/** How the answer to one question of a set compares with what the set says. */
export interface QueryOutcome {
  readonly query: SetQuery;
  /** Whether each document found, best first, is a gold one. */
  readonly ranking: Relevance;
  readonly abstained: boolean;
  readonly belief: number;
  readonly timings: Timings;
  readonly citations: readonly Citation[];
  /** Whether each citation's quotation holds an answer; absent where no quotation can, as for yes or no. */
  readonly hits?: readonly boolean[];
}

/** Compares one answer with the set's. `documents` are the ids of the documents found, best first. */
export function judgeQuery(
  query: SetQuery,
  documents: readonly string[],
  { answer, belief, timings }: WatchedAnswer,
): QueryOutcome {
  const quotable = query.answers.filter((text) => !isYesOrNo(text));
  const { abstained, citations } = answer;
  return {
    query,
    ranking: documents.map((id) => query.gold_docs.includes(id)),
    abstained,
    belief,
    timings,
    citations,
    ...(query.answerable &&
      quotable.length > 0 && {
        hits: citations.map(({ quote }) => quotable.some((text) => holdsAnswer(quote, text))),
      }),
  };
}
