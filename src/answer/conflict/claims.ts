import type { Evidence } from '../../domain/evidence.ts';

/** A sentence of an article; a `RankedCandidate` is one. */
export interface Statement {
  readonly text: string;
  readonly evidence: Pick<Evidence, 'article'>;
}

/** One of several values that articles give for the same thing. */
export interface Claim<S extends Statement> {
  /** A figure, or the first day of an event as `YYYY-MM-DD`. */
  readonly value: number | string;
  /** Publication date of the newest article that gives the value, `YYYY-MM-DD`. */
  readonly publishedAt: string;
  /** The sentences that give it, the newest first, of one date in the order given; at least one. */
  readonly statements: readonly S[];
}

/** Different values for the same thing, the newest first; at least two, of different dates and articles. */
export interface Conflict<S extends Statement> {
  readonly claims: readonly Claim<S>[];
}

/** What a sentence of a dated article tells. */
export interface Told<S> {
  readonly statement: S;
  readonly publishedAt: string;
  readonly articleId: string;
}

/** Whether two sentences about the same thing contradict each other. */
type Contradict<T> = (a: T, b: T) => boolean;

/** Leaves out the values that an article repeats from an older one beside its own ("replaces the tally of 61"). */
export function withoutHistory<T extends Told<Statement>>(
  group: readonly T[],
  contradict: Contradict<T>,
): T[] {
  return group.filter((item) => {
    const isOld = group.some((other) => other.publishedAt < item.publishedAt && !contradict(other, item));
    const hasOwn = group.some((other) => other.articleId === item.articleId && contradict(other, item));
    return !(isOld && hasOwn);
  });
}

/** Whether two articles of different dates contradict each other. */
export function isConflict<T extends Told<Statement>>(
  group: readonly T[],
  contradict: Contradict<T>,
): boolean {
  return group.some((a) =>
    group.some((b) => a.publishedAt > b.publishedAt && a.articleId !== b.articleId && contradict(a, b)),
  );
}

/** The sentences of a group by what they claim, the newest claim first. */
export function toConflict<S extends Statement, T extends Told<S>>(
  group: readonly T[],
  contradict: Contradict<T>,
  valueOf: (item: T) => number | string,
): Conflict<S> {
  const newestFirst = group.toSorted((a, b) =>
    a.publishedAt < b.publishedAt ? 1 : a.publishedAt > b.publishedAt ? -1 : 0,
  );
  const claims: { first: T; statements: S[] }[] = [];
  for (const item of newestFirst) {
    const claim = claims.find(({ first }) => !contradict(first, item));
    if (claim) claim.statements.push(item.statement);
    else claims.push({ first: item, statements: [item.statement] });
  }
  return {
    claims: claims.map(({ first, statements }) => ({
      value: valueOf(first),
      publishedAt: first.publishedAt,
      statements,
    })),
  };
}

/** Every item in the first group in which it tells, in the same language, of the same thing as all others. */
export function groupTold<S extends Statement, T extends Told<S>>(
  told: readonly T[],
  areOfTheSame: (a: T, b: T) => boolean,
): T[][] {
  const groups: T[][] = [];
  const languageOf = ({ statement }: T) => statement.evidence.article.language;
  for (const item of told) {
    const home = groups.find((group) =>
      group.every((other) => languageOf(other) === languageOf(item) && areOfTheSame(other, item)),
    );
    if (home) home.push(item);
    else groups.push([item]);
  }
  return groups;
}
