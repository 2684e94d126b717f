import {
  type Conflict,
  groupTold,
  isConflict,
  type Statement,
  toConflict,
  type Told,
  withoutHistory,
} from './claims.ts';
import { areApart, areOfTheSameEvent, type EventDate, findEventDateOf } from './event-dates.ts';

interface ToldDate<S> extends Told<S> {
  readonly date: EventDate;
}

const contradict = (a: ToldDate<Statement>, b: ToldDate<Statement>) => areApart(a.date, b.date);

/**
 * Finds where articles of different dates give different dates for the same event: the same kind of happening with
 * the same names and numbers, in the same language, told in nearly the same words. Precision goes before
 * completeness: sentences with several dates and what happens again and again are left alone.
 *
 * @param statements - sentences, best first; the conflicts come in the order of their best sentence.
 * @param about - those among them whose conflicts are wanted; others may be left out.
 */
export function findDateConflicts<S extends Statement>(
  statements: readonly S[],
  about: readonly S[] = statements,
): Conflict<S>[] {
  // Few sentences date an event: where none of those does, the others need not be read.
  if (!about.some((statement) => dateOf(statement).length > 0)) return [];
  const groups = groupTold<S, ToldDate<S>>(statements.flatMap(dateOf), (a, b) =>
    areOfTheSameEvent(a.date, b.date),
  );
  return groups
    .map((group) => withoutHistory(group, contradict))
    .filter((group) => isConflict(group, contradict))
    .map((group) => toConflict<S, ToldDate<S>>(group, contradict, ({ date }) => date.from));
}

function dateOf<S extends Statement>(statement: S): ToldDate<S>[] {
  const { id, language, publishedAt, title } = statement.evidence.article;
  const date = publishedAt === undefined ? undefined : findEventDateOf(statement.text, language, title);
  return date && publishedAt !== undefined ? [{ statement, date, publishedAt, articleId: id }] : [];
}
