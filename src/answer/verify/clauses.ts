import { maxClauses } from './limits.ts';
import { type Notion, type NotionText, holds, notionText } from './notions.ts';
import type { Statement } from './statement.ts';

/** A run of words between marks, as indexes of the tokens, end exclusive. */
interface Clause {
  readonly start: number;
  readonly end: number;
}

const minNotions = 3;

/** The clauses of a statement: split at commas, semicolons and the words that set two things against each other. */
export function clausesOf({ tokens }: Statement): Clause[] {
  const starts = tokens.flatMap((token, index) =>
    index === 0 || /[,;:()]/u.test(token.gap) || /^(?:while|whereas|còn)$/u.test(token.lower) ? [index] : [],
  );
  return starts
    .slice(0, maxClauses)
    .map((start, index) => ({ start, end: starts[index + 1] ?? tokens.length }));
}

/**
 * Whether two clauses of the claim have exchanged a part: each meets one clause of the evidence best, and
 * holds a word that only the clause which the other one meets has.
 */
export function exchangesParts(
  claim: Statement,
  evidence: readonly Statement[],
  notionsFor: (target: Statement) => readonly Notion[],
): boolean {
  const texts = evidence.flatMap((statement) =>
    clausesOf(statement).map(({ start, end }) => ({
      statement,
      text: notionText(statement.tokens.slice(start, end).filter(({ stop }) => !stop)),
    })),
  );
  const placed = clausesOf(claim).flatMap(({ start, end }) => {
    const met = texts.map(({ statement, text }) => ({
      text,
      notions: notionsFor(statement).filter(
        ({ first, last }) => first >= start && last < end && claim.tokens[first]?.stop === false,
      ),
    }));
    const scored = met.map(({ text, notions }) => ({
      text,
      notions,
      score: notions.filter((notion) => holds(text, notion)).length,
    }));
    const best = scored.toSorted((a, b) => b.score - a.score)[0];
    return best && best.notions.length >= minNotions && best.score >= 2 ? [best] : [];
  });
  const strays = (from: (typeof placed)[number], text: NotionText) =>
    from.notions.some((notion) => !holds(from.text, notion) && holds(text, notion));
  return placed.some((one, index) =>
    placed
      .slice(index + 1)
      .some((two) => one.text !== two.text && strays(one, two.text) && strays(two, one.text)),
  );
}
