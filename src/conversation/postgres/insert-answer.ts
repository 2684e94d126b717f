import type { Answer } from '../../domain/answer.ts';
import type { Article } from '../../domain/article.ts';
import type { Sql } from '../../postgres/database.ts';
import { shardOf } from '../../postgres/shard.ts';
import { instant, storable } from './sql-values.ts';

/** An answer with the articles that it quotes. */
export interface NewAnswer {
  readonly answer: Answer;
  readonly articles: readonly Article[];
  /** Epoch milliseconds; now, by the database's clock, when null. */
  readonly storedAt: number | null;
}

/** Within a transaction. Fails where there is an answer of this id. */
export async function insertAnswer(sql: Sql, { answer, articles, storedAt }: NewAnswer): Promise<void> {
  const shard = shardOf(answer.id);
  await sql.query(
    `INSERT INTO answers (shard, id, stored_at, begun_at, answer) VALUES ($1, $2, ${instant(3)}, $4, $5)`,
    [shard, answer.id, storedAt, answer.receipt.createdAt, JSON.stringify(answer)],
  );
  const mentioned = articlesIn(answer);
  await sql.query(
    `INSERT INTO answer_articles (shard, answer, article)
     SELECT $1, $2, article FROM unnest($3::text[]) AS articles (article)`,
    [shard, answer.id, mentioned],
  );
  // In one order, so that no two answers wait for each other.
  const quoted = articles.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  for (const article of quoted) {
    await holdVersion(sql, article);
    await sql.query(
      'INSERT INTO quotes (shard, answer, article, version) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
      [shard, answer.id, storable(article.id), article.version],
    );
  }
}

/**
 * Stores an article version, or keeps the one that is there from being removed as quoted by nobody until the transaction
 * ends.
 */
async function holdVersion(sql: Sql, article: Article): Promise<void> {
  const key = [shardOf(storable(article.id)), storable(article.id), article.version];
  for (;;) {
    const held = await sql.query(
      'SELECT version FROM quoted_articles WHERE shard = $1 AND id = $2 AND version = $3 FOR KEY SHARE',
      key,
    );
    if (held.length > 0) return;
    const added = await sql.query(
      `INSERT INTO quoted_articles (shard, id, version, article) VALUES ($1, $2, $3, $4)
       ON CONFLICT (shard, id, version) DO NOTHING RETURNING version`,
      [...key, JSON.stringify(article)],
    );
    if (added.length > 0) return;
    // Somebody else has just stored it: it is there to be held now.
  }
}

/** Ids of the articles that the answer has words of, each once; what it says of copies (`alsoIn`) are titles alone. */
function articlesIn({ citations, nearest, evidence }: Answer): string[] {
  const ids = [...citations, ...nearest, ...evidence].map(({ articleId }) => storable(articleId));
  return Array.from(new Set(ids));
}

function keyOf({ id, version }: Article): string {
  return `${id} ${version}`;
}
