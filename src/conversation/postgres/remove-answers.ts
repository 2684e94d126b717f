import { z } from 'zod';

import type { Database, Sql } from '../../postgres/database.ts';
import { shardOf } from '../../postgres/shard.ts';
import type { AnswersFromOptions, PurgedAnswers } from '../answers-from-article.ts';
import { instant, isStorable, ownerRows } from './sql-values.ts';

/** Answers that are removed at a time. */
const pageSize = 100;

const answerRows = z.array(z.object({ id: z.string() }));
const versionRows = z.array(z.object({ article: z.string(), version: z.string() }));

interface Version {
  readonly article: string;
  readonly version: string;
}

/** Ids of the stored answers that hold words of the article. */
export async function answersFrom(
  database: Database,
  articleId: string,
  { begunUntil }: AnswersFromOptions = {},
): Promise<string[]> {
  const ids: string[] = [];
  if (!isStorable(articleId)) return ids;
  for (;;) {
    const rows = await database.query(
      `SELECT answers.id FROM answer_articles
       JOIN answers ON answers.shard = answer_articles.shard AND answers.id = answer_articles.answer
       WHERE answer_articles.article = $1 AND answers.id > $2 AND ($3::text IS NULL OR answers.begun_at <= $3::text)
       ORDER BY answers.id LIMIT 1000`,
      [articleId, ids.at(-1) ?? '', begunUntil ?? null],
    );
    if (rows.length === 0) return ids;
    ids.push(...answerRows.parse(rows).map(({ id }) => id));
  }
}

/** Removes those answers, and the versions of the article that no other answer quotes. */
export async function purgeArticle(
  database: Database,
  articleId: string,
  options: AnswersFromOptions = {},
): Promise<PurgedAnswers> {
  const answers = await answersFrom(database, articleId, options);
  let versions = 0;
  const count = (removed: readonly Version[]) => {
    versions += removed.filter(({ article }) => article === articleId).length;
  };
  for (let start = 0; start < answers.length; start += pageSize) {
    count(await removeAnswers(database, answers.slice(start, start + pageSize)));
  }
  if (isStorable(articleId)) {
    count(
      await database.transaction(async (sql) => {
        const rows = await sql.query(
          `SELECT id AS article, version FROM quoted_articles WHERE shard = $1 AND id = $2
           ORDER BY version LIMIT 10000`,
          [shardOf(articleId), articleId],
        );
        return removeUnquoted(sql, versionRows.parse(rows));
      }),
    );
  }
  return { answers, versions };
}

/** Removes some answers that are older than `retentionMs`; whether there may be more. */
export async function removeOldAnswers(
  database: Database,
  { at, retentionMs }: { readonly at: number | null; readonly retentionMs: number },
): Promise<boolean> {
  const rows = await database.query(
    `SELECT shard, id FROM answers WHERE stored_at < ${instant(1)} - $2::bigint ORDER BY stored_at LIMIT $3`,
    [at, retentionMs, pageSize],
  );
  const old = ownerRows.parse(rows).map(({ id }) => id);
  if (old.length > 0) await removeAnswers(database, old);
  return old.length === pageSize;
}

/** All of them with all that is only theirs, or nothing. Returns the article versions that went with them. */
function removeAnswers(database: Database, ids: readonly string[]): Promise<Version[]> {
  const owners = [ids.map(shardOf), ids];
  return database.transaction(async (sql) => {
    const quoted = await sql.query(
      `SELECT DISTINCT article, version FROM quotes
       WHERE shard = ANY($1::integer[]) AND answer = ANY($2::text[]) ORDER BY article, version`,
      owners,
    );
    await sql.query('DELETE FROM answers WHERE shard = ANY($1::integer[]) AND id = ANY($2::text[])', owners);
    return removeUnquoted(sql, versionRows.parse(quoted));
  });
}

/** Removes those that no answer quotes, also none that is being stored at this moment. Returns them. */
async function removeUnquoted(sql: Sql, versions: readonly Version[]): Promise<Version[]> {
  const removed: Version[] = [];
  for (const { article, version } of versions) {
    const key = [shardOf(article), article, version];
    if (await isQuoted(sql, article, version)) continue;
    // Whoever stores an answer that quotes it holds it: waits for that, and looks once more.
    await sql.query(
      'SELECT version FROM quoted_articles WHERE shard = $1 AND id = $2 AND version = $3 FOR UPDATE',
      key,
    );
    if (await isQuoted(sql, article, version)) continue;
    const gone = await sql.query(
      'DELETE FROM quoted_articles WHERE shard = $1 AND id = $2 AND version = $3 RETURNING version',
      key,
    );
    if (gone.length > 0) removed.push({ article, version });
  }
  return removed;
}

async function isQuoted(sql: Sql, article: string, version: string): Promise<boolean> {
  const select = 'SELECT answer FROM quotes WHERE article = $1 AND version = $2 LIMIT 1';
  return (await sql.query(select, [article, version])).length > 0;
}
