import { oncePer } from '../../domain/once-per.ts';
import {
  type Conflict,
  groupTold,
  isConflict,
  type Statement,
  toConflict,
  type Told,
  withoutHistory,
} from './claims.ts';
import { findDateConflicts } from './date-conflicts.ts';
import { type Figure, findFigures } from './figures.ts';
import { areOfTheSameThing, differ } from './same-thing.ts';

export type { Conflict, Statement } from './claims.ts';

/** Sentences that are compared; those behind are too far from the question to matter. */
const mostStatements = 300;

interface ToldFigure<S> extends Told<S> {
  readonly figure: Figure;
}

const contradict = (a: ToldFigure<Statement>, b: ToldFigure<Statement>) => differ(a.figure, b.figure);

/**
 * Finds where articles of different dates contradict each other: other figures for the same thing, or other dates
 * for the same event (see {@link findDateConflicts}).
 *
 * Figures are of the same thing where they count the same noun of the same subject, in the same language. Figures of undated articles, targets for years to come,
 * percentages, money and measures are left alone. A sentence in the other language joins only if it gives one of
 * the values for the same subject and no other figure there has that value. Precision goes before completeness.
 *
 * @param statements - sentences, best first; the conflicts come in the order of their best sentence, figures first.
 * @param about - those among them whose conflicts are wanted; others may be left out.
 */
export function findConflicts<S extends Statement>(
  statements: readonly S[],
  about: readonly S[] = statements,
): Conflict<S>[] {
  const compared = statements.slice(0, mostStatements);
  return [...findFigureConflicts(compared, about), ...findDateConflicts(compared, about)];
}

function findFigureConflicts<S extends Statement>(
  compared: readonly S[],
  about: readonly S[],
): Conflict<S>[] {
  // Most sentences tell no figure: then the others need not be read.
  if (!about.some((statement) => figuresOf(statement).length > 0)) return [];
  const told = compared.flatMap(figuresOf);
  const conflicts = groupTold<S, ToldFigure<S>>(told, (a, b) => areOfTheSameThing(a.figure, b.figure))
    .map((group) => withoutHistory(group, contradict))
    .filter((group) => isConflict(group, contradict));
  return merged(conflicts).map((group) =>
    toConflict<S, ToldFigure<S>>(withOtherLanguage(group, told), contradict, ({ figure }) => figure.value),
  );
}

function figuresOf<S extends Statement>(statement: S): ToldFigure<S>[] {
  const { id, publishedAt } = statement.evidence.article;
  if (publishedAt === undefined) return [];
  return pastFigures(statement).map((figure) => ({ statement, figure, publishedAt, articleId: id }));
}

/** The figures of a statement but targets for years to come. The same statements are asked about more than once. */
const pastFigures = oncePer(({ text, evidence }: Statement): Figure[] => {
  const { language, publishedAt = '', title } = evidence.article;
  const thisYear = publishedAt.slice(0, 4);
  return findFigures(text, language, title).filter(({ years }) =>
    Array.from(years).every((year) => year.slice(-4) <= thisYear),
  );
});

/** Joins the conflicts that both languages tell of alike: the same subject with two values in common. */
function merged<S extends Statement>(conflicts: readonly ToldFigure<S>[][]): ToldFigure<S>[][] {
  const result: ToldFigure<S>[][] = [];
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
  group: readonly ToldFigure<S>[],
  told: readonly ToldFigure<S>[],
): ToldFigure<S>[] {
  const language = languageOf(group);
  const known = new Set(group);
  const added = told.filter((item) => {
    if (known.has(item) || languageOf([item]) === language) return false;
    const sameValue = (other: ToldFigure<S>) =>
      other.figure.value === item.figure.value && shareSubject(other.figure, item.figure);
    const rivals = told.filter((other) => sameValue(other) && !known.has(other));
    return group.some(sameValue) && rivals.every((other) => other.figure.counted === item.figure.counted);
  });
  return [...group, ...added];
}

function shareSubject(a: Figure, b: Figure): boolean {
  if (a.subject !== undefined && b.subject !== undefined) return a.subject === b.subject;
  const [named, unnamed] = a.subject === undefined ? [b, a] : [a, b];
  return named.subject !== undefined && unnamed.titleNames.has(named.subject);
}

function languageOf<S extends Statement>(group: readonly ToldFigure<S>[]): string | undefined {
  return group[0]?.statement.evidence.article.language;
}
