import { type Notion, type NotionText, holds, notionText } from './notions.ts';
import type { Quantity } from './quantities.ts';
import type { Statement } from './statement.ts';

const rightWords = 6;
const leftWords = 8;
const labelWords = 3;

// What is counted ends where something is said about it.
const verbs =
  /^(?:is|are|was|were|has|have|had|will|would|can|could|should|may|must|do|does|did|who|which|that|đã|đang|sẽ|được|bị|là|thì|mà|cần|phải|cũng)$/u;

/**
 * The words that say what a number counts, as indexes of the tokens: those that follow it up to the next mark,
 * else those before it. Of a label (`Resolution 57`) only those before it.
 */
export function countedWords(statement: Statement, quantity: Quantity): number[] {
  const { tokens, counted, quantities } = statement;
  const isTopic = (index: number) => !counted.has(index) && tokens[index]?.stop === false;
  const nextStart = quantities.find(({ first }) => first > quantity.last)?.first ?? tokens.length;
  const previousEnd = quantities.findLast(({ last }) => last < quantity.first)?.last ?? -1;
  const right: number[] = [];
  for (
    let index = quantity.last + 1;
    !quantity.label && index < nextStart && right.length < rightWords;
    index += 1
  ) {
    if (/[,;:.()]/u.test(tokens[index]?.gap ?? '')) break;
    if (verbs.test(tokens[index]?.lower ?? '')) break;
    if (isTopic(index) && !isUnit(statement, index, quantity)) right.push(index);
  }
  if (right.length > 0) return right;
  const left: number[] = [];
  const most = quantity.label ? labelWords : leftWords;
  for (let index = quantity.first - 1; index > previousEnd && left.length < most; index -= 1) {
    if (isTopic(index)) left.push(index);
  }
  return left.toReversed();
}

/**
 * Whether a number of the claim is attached to what another number of the evidence counts: its words meet those
 * of a number that differs better than those of any that is equal.
 */
export function isMisattached(options: {
  readonly claim: Statement;
  readonly quantity: Quantity;
  readonly evidence: readonly Statement[];
  readonly notionsFor: (target: Statement) => readonly Notion[];
}): boolean {
  const { claim, quantity, evidence, notionsFor } = options;
  if (quantity.joined) return false;
  const words = new Set(countedWords(claim, quantity));
  let equal = 0;
  let other = 0;
  for (const statement of evidence) {
    const notions = notionsFor(statement).filter(({ first, last }) => {
      for (let index = first; index <= last; index += 1) if (words.has(index)) return true;
      return false;
    });
    for (const candidate of statement.quantities) {
      if (candidate.label !== quantity.label || candidate.joined) continue;
      if (candidate.key !== quantity.key && candidate.unit !== quantity.unit) continue;
      const context = contextOf(statement, candidate);
      // Within a language words of like meaning would blur what tells two counts apart.
      const overlap =
        statement.language === claim.language
          ? sharedTerms(claim, words, context)
          : overlapOf(notions, context);
      if (candidate.key === quantity.key) equal = Math.max(equal, overlap);
      else other = Math.max(other, overlap);
    }
  }
  return other > equal;
}

function contextOf(statement: Statement, quantity: Quantity): NotionText {
  return notionText(countedWords(statement, quantity).flatMap((index) => statement.tokens[index] ?? []));
}

const sharedTerms = (claim: Statement, words: ReadonlySet<number>, context: NotionText): number =>
  Array.from(words).filter((index) => context.terms.has(claim.tokens[index]?.term ?? '')).length;

const overlapOf = (notions: readonly Notion[], context: NotionText): number =>
  notions.filter((notion) => holds(context, notion)).length;

function isUnit(statement: Statement, index: number, quantity: Quantity): boolean {
  if (quantity.unit === undefined || index > quantity.last + 2) return false;
  return /^(?:dong|đồng|vnd|usd|percent|cent|ha|hectares?|km²|phần|trăm|months?|years?|days?|tháng|năm|ngày)$/u.test(
    statement.tokens[index]?.lower ?? '',
  );
}

/** Whether the thing counted, `booths` in `5,000 booths`, is one that no evidence speaks of. */
export function countsOtherThings(
  claim: Statement,
  quantity: Quantity,
  known: readonly Statement[],
  notionsFor: (target: Statement) => readonly Notion[],
): boolean {
  if (quantity.unit !== undefined || quantity.label || quantity.ordinal || quantity.joined) return false;
  const run: number[] = [];
  for (let index = quantity.last + 1; index < claim.tokens.length && run.length < 4; index += 1) {
    const token = claim.tokens[index];
    if (!token || token.stop || token.gap !== ' ' || claim.counted.has(index)) break;
    run.push(index);
  }
  const head =
    claim.language === 'vi'
      ? run[0]
      : run.findLast((index) => /[^s]s$/u.test(claim.tokens[index]?.lower ?? ''));
  if (head === undefined) return false;
  // `281.754 người Do Thái`: people are counted by what follows.
  if (/^(?:người|chiếc|cái|con|vị|lần|cuộc)$/u.test(claim.tokens[head]?.lower ?? '')) return false;
  const met = known.map((statement) => {
    const notion = notionsFor(statement).find(({ first, last }) => first <= head && head <= last);
    return {
      judged: notion?.judged === true,
      held: notion !== undefined && holds(statement.notions, notion),
    };
  });
  return met.some(({ judged }) => judged) && !met.some(({ held }) => held);
}
