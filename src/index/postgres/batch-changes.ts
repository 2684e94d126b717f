import { z } from 'zod';

import type { Language } from '../../domain/language.ts';
import { languages } from '../../domain/language.ts';
import type { Sql } from '../../postgres/database.ts';
import { whole } from '../../postgres/rows.ts';
import { createTermCounter } from '../text/term-counter.ts';
import { among, articlesPerStatement, chunksOf, pairs } from './article-tables.ts';
import type { Batch } from './batches.ts';
import type { IndexContent } from './index-state.ts';
import { isVisible, type Snapshot } from './snapshot.ts';

/** Articles whose texts are read at a time, and ids. */
const textsPerStatement = 50;
const idsPerStatement = 10_000;

/** What a batch changes of the counts, by language and term: how many passages more or fewer have it. */
export type TermChanges = Map<Language, Map<string, number>>;

/** What committing a batch has to do, as far as it is known from the batch and its base. */
export interface BatchChanges {
  /** All articles that it adds, replaces or removes. */
  readonly articles: readonly string[];
  readonly sources: readonly string[];
  readonly terms: TermChanges;
  /** To be added to the counts of the generation. */
  readonly content: IndexContent;
}

const idRows = z.array(z.object({ id: z.string() })).transform((rows) => rows.map(({ id }) => id));
const language = z.enum(languages);
const textRows = z.array(z.object({ id: z.string(), title: z.string(), language, text: z.string() }));
const passageRows = z.array(
  z.object({
    article: z.string(),
    start_offset: z.int(),
    end_offset: z.int(),
    heading_path: z
      .string()
      .transform((text): unknown => JSON.parse(text))
      .pipe(z.array(z.string())),
  }),
);
const countRow = z.object({ articles: whole });
const passageCountRows = z.array(z.object({ language, passages: whole, tokens: whole }));

/** Which rows are counted: those that a batch adds, or what is visible in a snapshot. */
type Rows = { readonly added: number } | { readonly visible: Snapshot };

/**
 * Works out what a batch changes: before anything is locked, because others that change the same articles
 * meanwhile make it fail anyway.
 */
export async function readBatchChanges(sql: Sql, { number, base }: Batch): Promise<BatchChanges> {
  const own = await readIds(sql, 'SELECT DISTINCT id FROM articles WHERE added = $1 AND id > $2', [number]);
  const ownSources = await readIds(
    sql,
    'SELECT DISTINCT path AS id FROM sources WHERE added = $1 AND path > $2',
    [number],
  );
  const removals = (kind: string) =>
    readIds(
      sql,
      'SELECT id FROM batch_removals WHERE shard = 0 AND batch = $1 AND id > $2 AND kind = $4',
      [number],
      [kind],
    );
  const articles = [...new Set([...own, ...(await removals('article'))])];
  const terms: TermChanges = new Map();
  const content: IndexContent = { articles: 0, languages: {} };
  for (const [ids, rows, sign] of [
    [own, { added: number }, 1],
    [articles, { visible: base }, -1],
  ] as const) {
    for (const chunk of chunksOf(ids, articlesPerStatement)) await count(sql, chunk, rows, sign, content);
    for (const chunk of chunksOf(ids, textsPerStatement)) await countTerms(sql, chunk, rows, sign, terms);
  }
  return { articles, sources: [...new Set([...ownSources, ...(await removals('source'))])], terms, content };
}

/** @param text - of a statement for the batch in $1 and ids after $2. */
async function readIds(
  sql: Sql,
  text: string,
  before: readonly unknown[],
  after: readonly unknown[] = [],
): Promise<string[]> {
  const found: string[] = [];
  for (;;) {
    const rows = await sql.query(`${text} ORDER BY id LIMIT $3`, [
      ...before,
      found.at(-1) ?? '',
      idsPerStatement,
      ...after,
    ]);
    const ids = idRows.parse(rows);
    found.push(...ids);
    if (ids.length < idsPerStatement) return found;
  }
}

/** The counts with a batch's changes. */
export function addContent(content: IndexContent, changes: IndexContent): IndexContent {
  const result: IndexContent = { articles: content.articles + changes.articles, languages: {} };
  for (const one of languages) {
    const [was, by] = [content.languages[one], changes.languages[one]];
    const passages = (was?.passages ?? 0) + (by?.passages ?? 0);
    const tokens = (was?.tokens ?? 0) + (by?.tokens ?? 0);
    if (passages > 0) result.languages[one] = { passages, tokens };
  }
  return result;
}

async function count(
  sql: Sql,
  ids: readonly string[],
  rows: Rows,
  sign: 1 | -1,
  content: IndexContent,
): Promise<void> {
  const articles = condition('articles', rows);
  const [row] = await sql.query(
    `SELECT count(*) AS articles FROM articles WHERE ${among('id', 1)} AND ${articles.sql}`,
    [...pairs(ids), ...articles.values],
  );
  content.articles += sign * countRow.parse(row).articles;
  const passages = condition('passage_terms', rows);
  const counts = passageCountRows.parse(
    await sql.query(
      `SELECT language, count(*) AS passages, sum(length)::bigint AS tokens FROM passage_terms
       WHERE ${among('article', 1)} AND ${passages.sql} GROUP BY language`,
      [...pairs(ids), ...passages.values],
    ),
  );
  for (const { language: one, passages: number, tokens } of counts) {
    const known = content.languages[one] ?? { passages: 0, tokens: 0 };
    content.languages[one] = {
      passages: known.passages + sign * number,
      tokens: known.tokens + sign * tokens,
    };
  }
}

/** From the texts, because only numbers are kept of the terms of a passage. */
async function countTerms(
  sql: Sql,
  ids: readonly string[],
  rows: Rows,
  sign: 1 | -1,
  changes: TermChanges,
): Promise<void> {
  const articles = condition('articles', rows);
  const texts = textRows.parse(
    await sql.query(
      `SELECT id, title, language, text FROM articles WHERE ${among('id', 1)} AND ${articles.sql}`,
      [...pairs(ids), ...articles.values],
    ),
  );
  const counters = new Map(
    texts.map((article) => [article.id, { ...article, count: createTermCounter(article) }]),
  );
  const passages = condition('passages', rows);
  const spans = passageRows.parse(
    await sql.query(
      `SELECT article, start_offset, end_offset, heading_path FROM passages
       WHERE ${among('article', 1)} AND ${passages.sql}`,
      [...pairs(ids), ...passages.values],
    ),
  );
  for (const { article, start_offset: start, end_offset: end, heading_path: headings } of spans) {
    const counter = counters.get(article);
    if (!counter) continue;
    const ofLanguage = changes.get(counter.language) ?? new Map<string, number>();
    changes.set(counter.language, ofLanguage);
    for (const term of counter.count(headings, counter.text.slice(start, end)).counts.keys()) {
      const documents = (ofLanguage.get(term) ?? 0) + sign;
      if (documents === 0) ofLanguage.delete(term);
      else ofLanguage.set(term, documents);
    }
  }
}

/** With parameters from the third on. */
function condition(table: string, rows: Rows): { sql: string; values: readonly unknown[] } {
  if ('added' in rows) return { sql: `${table}.added = $3`, values: [rows.added] };
  const { next, pending } = rows.visible;
  return { sql: isVisible(table, '$3', '$4::bigint[]'), values: [next, pending] };
}
