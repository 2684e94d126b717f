import type { Evidence } from '../../domain/evidence.ts';
import { type Figure, findFigures } from './figures.ts';
import { areOfTheSameThing, differ } from './same-thing.ts';

/** A sentence of an article; a `RankedCandidate` is one. */
export interface Statement {
  readonly text: string;
  readonly evidence: Pick<Evidence, 'article'>;
}

/** One of several values that articles give for the same thing. */
export interface Claim<S extends Statement> {
  readonly value: number;
  /** Publication date of the newest article that gives the value, `YYYY-MM-DD`. */
  readonly publishedAt: string;
  /** The sentences that give it, the newest first, of one date in the order given; at least one. */
  readonly statements: readonly S[];
}

/** Different values for the same thing, the newest first; at least two, of different dates and articles. */
export interface Conflict<S extends Statement> {
  readonly claims: readonly Claim<S>[];
}

/** Sentences that are compared; those behind are too far from the question to matter. */
const mostStatements = 300;

interface Told<S> {
  readonly statement: S;
  readonly figure: Figure;
  readonly publishedAt: string;
  readonly articleId: string;
}

/**
 * Finds where articles of different dates give different figures for the same thing: the same counted noun of the
 * same subject, in the same language, but another number. Figures of undated articles, targets for years to come,
 * percentages, money and measures are left alone. A sentence in the other language joins only if it gives one of
 * the values for the same subject and no other figure there has that value. Precision goes before completeness.
 *
 * @param statements - sentences, best first; the conflicts come in the order of their best sentence.
 */
export function findConflicts<S extends Statement>(statements: readonly S[]): Conflict<S>[] {
  const told = statements.slice(0, mostStatements).flatMap(figuresOf);
  const groups = groupByThing(told);
  const conflicts = groups.map((group) => withoutHistory(group)).filter(isConflict);
  return merged(conflicts).map((group) => toConflict(withOtherLanguage(group, told)));
}

function figuresOf<S extends Statement>(statement: S): Told<S>[] {
  const { id, language, publishedAt, title } = statement.evidence.article;
  if (publishedAt === undefined) return [];
  const thisYear = publishedAt.slice(0, 4);
  return findFigures(statement.text, language, title)
    .filter(({ years }) => Array.from(years).every((year) => year.slice(-4) <= thisYear))
    .map((figure) => ({ statement, figure, publishedAt, articleId: id }));
}

/** Every figure in the first group in which it is of the same thing as all others. */
function groupByThing<S extends Statement>(told: readonly Told<S>[]): Told<S>[][] {
  const groups: Told<S>[][] = [];
  for (const item of told) {
    const home = groups.find((group) =>
      group.every(
        (other) =>
          other.statement.evidence.article.language === item.statement.evidence.article.language &&
          areOfTheSameThing(other.figure, item.figure),
      ),
    );
    if (home) home.push(item);
    else groups.push([item]);
  }
  return groups;
}

/** Leaves out the values that an article repeats from an older one beside its own ("replaces the tally of 61"). */
function withoutHistory<S extends Statement>(group: readonly Told<S>[]): Told<S>[] {
  return group.filter((item) => {
    const isOld = group.some(
      (other) => other.publishedAt < item.publishedAt && !differ(other.figure, item.figure),
    );
    const hasOwn = group.some(
      (other) => other.articleId === item.articleId && differ(other.figure, item.figure),
    );
    return !(isOld && hasOwn);
  });
}

function isConflict<S extends Statement>(group: readonly Told<S>[]): boolean {
  return group.some((a) =>
    group.some(
      (b) => a.publishedAt > b.publishedAt && a.articleId !== b.articleId && differ(a.figure, b.figure),
    ),
  );
}

/** Joins the conflicts that both languages tell of alike: the same subject with two values in common. */
function merged<S extends Statement>(conflicts: readonly Told<S>[][]): Told<S>[][] {
  const result: Told<S>[][] = [];
  for (const group of conflicts) {
    const twin = result.find((other) => {
      const shared = new Set(
        group.flatMap(({ figure }) =>
          other.some((item) => item.figure.value === figure.value && shareSubject(item.figure, figure))
            ? [figure.value]
            : [],
        ),
      );
      return shared.size >= 2 && languageOf(other) !== languageOf(group);
    });
    if (twin) twin.push(...group);
    else result.push([...group]);
  }
  return result;
}

function withOtherLanguage<S extends Statement>(
  group: readonly Told<S>[],
  told: readonly Told<S>[],
): Told<S>[] {
  const language = languageOf(group);
  const known = new Set(group);
  const added = told.filter((item) => {
    if (known.has(item) || languageOf([item]) === language) return false;
    const sameValue = (other: Told<S>) =>
      other.figure.value === item.figure.value && shareSubject(other.figure, item.figure);
    const rivals = told.filter((other) => sameValue(other) && !known.has(other));
    return group.some(sameValue) && rivals.every((other) => other.figure.counted === item.figure.counted);
  });
  return [...group, ...added];
}

function toConflict<S extends Statement>(group: readonly Told<S>[]): Conflict<S> {
  const newestFirst = group.toSorted((a, b) =>
    a.publishedAt < b.publishedAt ? 1 : a.publishedAt > b.publishedAt ? -1 : 0,
  );
  const claims: { figure: Figure; publishedAt: string; statements: S[] }[] = [];
  for (const { figure, publishedAt, statement } of newestFirst) {
    const claim = claims.find((other) => !differ(other.figure, figure));
    if (claim) claim.statements.push(statement);
    else claims.push({ figure, publishedAt, statements: [statement] });
  }
  return {
    claims: claims.map(({ figure, publishedAt, statements }) => ({
      value: figure.value,
      publishedAt,
      statements,
    })),
  };
}

function shareSubject(a: Figure, b: Figure): boolean {
  if (a.subject !== undefined && b.subject !== undefined) return a.subject === b.subject;
  const [named, unnamed] = a.subject === undefined ? [b, a] : [a, b];
  return named.subject !== undefined && unnamed.titleNames.has(named.subject);
}

function languageOf<S extends Statement>(group: readonly Told<S>[]): string | undefined {
  return group[0]?.statement.evidence.article.language;
}
