import type { Failure } from '../report.ts';
import { type GoldenOutcome, groupRecall } from './judge-answer.ts';

/** The questions that were not answered with all their gold sentences, or not declined as they should be. */
export function goldenFailures(outcomes: readonly GoldenOutcome[]): Failure[] {
  return outcomes.flatMap((outcome) => {
    const problem = problemOf(outcome);
    if (problem === undefined) return [];
    const { id, type, text } = outcome.question;
    const cited = outcome.citations.map(
      ({ citation, gold }) => `${gold.length > 0 ? '(gold) ' : ''}${citation.articleId}: ${citation.quote}`,
    );
    return [{ id, type, question: text, problem, cited }];
  });
}

function problemOf({
  question,
  abstained,
  cited,
  passages,
  articles,
  belief,
}: GoldenOutcome): string | undefined {
  if (!question.answerable) {
    return abstained ? undefined : `answered, though the articles do not say (belief ${belief.toFixed(2)})`;
  }
  const missing = cited.firstOfGroup.flatMap((rank, group) => (rank === -1 ? [group] : []));
  if (missing.length === 0) return undefined;
  const places = missing.map((group) => {
    const [passage = -1, article = -1] = [passages.firstOfGroup[group], articles.firstOfGroup[group]];
    if (passage !== -1) return `passage ${passage + 1}`;
    return article === -1 ? 'not in the evidence' : `article ${article + 1} without its passage`;
  });
  const where = `gold: ${Array.from(new Set(places)).join(', ')}`;
  if (abstained) return `declined (belief ${belief.toFixed(2)}); ${where}`;
  const total = cited.firstOfGroup.length;
  const found = Math.round(groupRecall(cited) * total);
  return total === 1 ? `other sentences cited; ${where}` : `${found} of ${total} parts cited; ${where}`;
}
