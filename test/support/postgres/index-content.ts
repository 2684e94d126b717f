import Sqlite from 'better-sqlite3';
import { z } from 'zod';

import { languages } from '../../../src/domain/language.ts';
import { createArticleTables, termTable, textTable } from '../../../src/index/article-schema.ts';
import { createArticleWriter } from '../../../src/index/article-writer.ts';
import { readState } from '../../../src/index/postgres/index-state.ts';
import { isVisible } from '../../../src/index/postgres/snapshot.ts';
import { readStored } from '../../../src/index/postgres/writer-content.ts';
import type { Database } from '../../../src/postgres/database.ts';

/** Longer ones are not kept in PostgreSQL. */
const longestTerm = 512;

/** What is counted of an index, by language. */
export interface IndexCounts {
  readonly articles: number;
  readonly passages: Readonly<Record<string, number>>;
  readonly tokens: Readonly<Record<string, number>>;
  /** `<language> <term> <passages that have it>`, in order. */
  readonly terms: readonly string[];
}

const idRow = z.object({ id: z.string() });
const termRow = z.object({ language: z.string(), term: z.string(), documents: z.int() });

/** Ids of the articles that a reader sees now, in order. */
export async function visibleArticles(database: Database): Promise<string[]> {
  const state = await readState(database);
  if (!state) return [];
  const rows = await database.query(
    `SELECT id FROM articles WHERE ${isVisible('articles', '$1', '$2::bigint[]')} ORDER BY id`,
    [state.snapshot.next, state.snapshot.pending],
  );
  return rows.map((row) => idRow.parse(row).id);
}

/** The counts as they are kept in the database. */
export async function storedCounts(database: Database): Promise<IndexCounts> {
  const state = await readState(database);
  const counts = Object.entries(state?.content.languages ?? {});
  const rows = await database.query('SELECT language, term, documents FROM terms');
  return {
    articles: state?.content.articles ?? 0,
    passages: Object.fromEntries(counts.map(([language, { passages }]) => [language, passages])),
    tokens: Object.fromEntries(counts.map(([language, { tokens }]) => [language, tokens])),
    terms: rows
      .map((row) => termRow.parse(row))
      .map(({ language, term, documents }) => `${language} ${term} ${documents}`)
      .toSorted(),
  };
}

/** What SQLite counts of the same articles, those that a reader sees. */
export async function localCounts(database: Database): Promise<IndexCounts> {
  const state = await readState(database);
  const local = new Sqlite(':memory:');
  createArticleTables(local);
  const writer = createArticleWriter(local, 8);
  const ids = await visibleArticles(database);
  for (const id of ids) {
    const base = state?.snapshot ?? { next: 1, pending: [] };
    const stored = await readStored(database, id, { base, batch: 0 }, 8);
    if (stored) writer.put(stored, '');
  }
  const [passages, tokens, terms]: [Record<string, number>, Record<string, number>, string[]] = [{}, {}, []];
  for (const language of languages) {
    const count = z.int().parse(
      local
        .prepare(`SELECT count(*) FROM ${textTable(language)}`)
        .pluck()
        .get(),
    );
    if (count === 0) continue;
    passages[language] = count;
    const rows = z
      .array(z.object({ term: z.string(), doc: z.int(), cnt: z.int() }))
      .parse(local.prepare(`SELECT term, doc, cnt FROM ${termTable(language)}`).all());
    tokens[language] = rows.reduce((sum, { cnt }) => sum + cnt, 0);
    terms.push(
      ...rows
        .filter(({ term }) => term.length <= longestTerm)
        .map(({ term, doc }) => `${language} ${term} ${doc}`),
    );
  }
  local.close();
  return { articles: ids.length, passages, tokens, terms: terms.toSorted() };
}
