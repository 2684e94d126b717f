import type Database from 'better-sqlite3';
import { z } from 'zod';

import type { CorpusStatistics } from '../domain/article.ts';
import { type Language, languages } from '../domain/language.ts';
import { readGradually } from './read-gradually.ts';

/** Publishers that are named; those with most articles. */
export const mostPublishers = 100;

const count = z.int();
const articleRow = z.object({
  id: z.string(),
  language: z.enum(languages),
  passages: count,
  sentences: count,
});
const publisherRows = z.array(z.object({ name: z.string(), articles: count }));
const dateRow = z.object({ first: z.string().nullable(), last: z.string().nullable(), undated: count });

type Counts = Pick<CorpusStatistics, 'articles' | 'passages' | 'sentences'>;

/**
 * Counts what an article database holds. Reads every passage's list of sentences, and lets others have their turn meanwhile:
 * ask once for each generation.
 */
export async function readStatistics(database: Database.Database): Promise<CorpusStatistics> {
  const perArticle = database.prepare(
    `SELECT some.id, some.language, count(passages.key) AS passages,
            coalesce(sum(json_array_length(sentences)), 0) AS sentences
     FROM (SELECT id, language FROM articles WHERE id > ? ORDER BY id LIMIT ?) AS some
     LEFT JOIN passages ON passages.article = some.id
     GROUP BY some.id ORDER BY some.id`,
  );
  const articles = await readGradually((after: z.infer<typeof articleRow> | undefined, limit) =>
    perArticle.all(after?.id ?? '', limit).map((row) => articleRow.parse(row)),
  );
  const byLanguage = languages.flatMap((language) => {
    const own = articles.filter((article) => article.language === language);
    const sum = (member: 'passages' | 'sentences') => own.reduce((total, row) => total + row[member], 0);
    return own.length === 0
      ? []
      : [{ language, articles: own.length, passages: sum('passages'), sentences: sum('sentences') }];
  });
  const publishers = publisherRows.parse(
    database
      .prepare(
        `SELECT publisher AS name, count(*) AS articles FROM articles WHERE publisher IS NOT NULL
         GROUP BY publisher ORDER BY articles DESC, name LIMIT ?`,
      )
      .all(mostPublishers),
  );
  const { first, last, undated } = dateRow.parse(
    database
      .prepare(
        `SELECT min(published_at) AS first, max(published_at) AS last,
                count(*) - count(published_at) AS undated FROM articles`,
      )
      .get(),
  );
  return statisticsOf(byLanguage, publishers, { first, last, undated });
}

/** What was counted, put together. */
export function statisticsOf(
  byLanguage: readonly ({ readonly language: Language } & Counts)[],
  publishers: CorpusStatistics['publishers'],
  {
    first,
    last,
    undated,
  }: { readonly first: string | null; readonly last: string | null; readonly undated: number },
): CorpusStatistics {
  const sum = (member: keyof Counts) => byLanguage.reduce((total, row) => total + row[member], 0);
  return {
    articles: sum('articles'),
    passages: sum('passages'),
    sentences: sum('sentences'),
    languages: Object.fromEntries(byLanguage.map(({ language, ...counts }) => [language, counts])),
    publishers,
    ...(first !== null && { publishedFrom: first }),
    ...(last !== null && { publishedTo: last }),
    undated,
  };
}
