import { z } from 'zod';

import type { Database } from '../../postgres/database.ts';
import { keptResponseSchema } from '../idempotency-store.ts';

/** Responses that are looked through at a time. */
const pageSize = 200;

const responseRows = z.array(z.object({ shard: z.int(), key: z.string(), response: z.string() }));

/** A text in JSON, and whether an article's id follows. */
const textsInJson = /("articleId":)?("(?:[^"\\]|\\.)*")/gu;

/**
 * Forgets responses that hold one of the answers, or anything that was given from the article. They are looked through
 * here rather than by the database, which would read each once for each answer. Returns how many there were.
 */
export async function forgetResponses(
  database: Database,
  { answerIds, articleId }: { readonly answerIds: readonly string[]; readonly articleId: string },
): Promise<number> {
  const answers = new Set(answerIds.map((id) => JSON.stringify(id)));
  const article = JSON.stringify(articleId);
  let after = { shard: -(2 ** 31), key: '' };
  let count = 0;
  for (;;) {
    const rows = await database.query(
      `SELECT shard, key, response FROM requests
       WHERE (shard, key) > ($1::integer, $2::text) AND response IS NOT NULL ORDER BY shard, key LIMIT $3`,
      [after.shard, after.key, pageSize],
    );
    const page = responseRows.parse(rows);
    const last = page.at(-1);
    if (!last) return count;
    after = last;
    const meant = page.filter(({ response }) => {
      for (const [, isArticle, text = ''] of bodyOf(response).matchAll(textsInJson)) {
        if (answers.has(text) || (isArticle !== undefined && text === article)) return true;
      }
      return false;
    });
    if (meant.length > 0) count += await forget(database, meant);
  }
}

async function forget(
  database: Database,
  meant: readonly { readonly shard: number; readonly key: string; readonly response: string }[],
): Promise<number> {
  const removed = await database.transaction((sql) =>
    sql.query(
      `DELETE FROM requests
       WHERE shard = ANY($1::integer[]) AND key = ANY($2::text[]) AND response IS NOT NULL RETURNING key`,
      [meant.map(({ shard }) => shard), meant.map(({ key }) => key)],
    ),
  );
  return removed.length;
}

/** The body alone, or all of it where it is damaged. */
function bodyOf(response: string): string {
  try {
    return keptResponseSchema.parse(JSON.parse(response)).body;
  } catch {
    return response;
  }
}
