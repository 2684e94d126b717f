import type { RankedCandidate } from '../rank-candidates.ts';

/** What stands between a sentence and the one before it. */
export type Break = 'none' | 'line' | 'block';

/** A sentence that follows another without a heading between them. */
export interface Follower {
  readonly candidate: RankedCandidate;
  /** `line`: an item of the same list; `block`: a new paragraph, or the first item of a list. */
  readonly after: Break;
}

/** White space between two neighbouring sentences, at most: an empty line, with spaces. */
const widestGap = 4;

/** The sentences after `first`, in order, as far as they were retrieved and no heading parts them. */
export function followersOf(first: RankedCandidate, pool: readonly RankedCandidate[]): Follower[] {
  const later = pool
    .filter(
      ({ evidence, sentence }) =>
        evidence.article.id === first.evidence.article.id && sentence.start >= first.sentence.end,
    )
    .toSorted((a, b) => a.sentence.start - b.sentence.start);
  const run: Follower[] = [];
  let last = first;
  for (const candidate of later) {
    if (candidate.sentence.start - last.sentence.end > widestGap) break;
    run.push({ candidate, after: breakBetween(last, candidate) });
    last = candidate;
  }
  return run;
}

/** Whether `after` stands below `before` in the article as an item of a list does. */
export function isNextItem(before: RankedCandidate, after: RankedCandidate): boolean {
  const gap = after.sentence.start - before.sentence.end;
  if (before.evidence.article.id !== after.evidence.article.id || gap < 0 || gap > widestGap) return false;
  return breakBetween(before, after) === 'line' || opensList.test(before.text);
}

/** How a sentence ends that announces a list. */
export const opensList = /:["'”’)]*$/u;

function breakBetween(before: RankedCandidate, after: RankedCandidate): Break {
  const { passage, text } = before.evidence;
  // What stands between two passages is not stored with them, but an empty line takes two characters.
  if (passage.id !== after.evidence.passage.id) {
    return after.sentence.start - before.sentence.end > 1 ? 'block' : 'line';
  }
  const gap = text.slice(before.sentence.end - passage.start, after.sentence.start - passage.start);
  const lines = gap.split('\n').length - 1;
  return lines === 0 ? 'none' : lines === 1 ? 'line' : 'block';
}
