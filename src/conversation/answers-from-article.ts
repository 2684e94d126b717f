import type Database from 'better-sqlite3';
import { z } from 'zod';

import { deleteForGood } from './purge-file.ts';

/** Which answers are meant. */
export interface AnswersFromOptions {
  /** ISO 8601 instant: only those that were begun until then. */
  readonly begunUntil?: string;
}

/** What was removed. */
export interface PurgedAnswers {
  /** Ids. */
  readonly answers: readonly string[];
  /** How many versions of the article. */
  readonly versions: number;
}

const rowSchema = z.object({ id: z.string(), answer: z.string() });
const articleIds = z.array(z.object({ articleId: z.string() }));
/** Where an answer has words of articles; what it says of copies (`alsoIn`) are titles alone. */
const wordsSchema = z.object({
  citations: articleIds,
  nearest: articleIds,
  evidence: articleIds,
  receipt: z.object({ createdAt: z.string() }),
});

/** Ids of the stored answers that hold words of the article. */
export function answersFrom(
  database: Database.Database,
  articleId: string,
  { begunUntil }: AnswersFromOptions = {},
): string[] {
  const needle = `"articleId":${JSON.stringify(articleId)}`;
  const ids: string[] = [];
  const rows = database.prepare('SELECT id, answer FROM answers WHERE instr(answer, ?) > 0').iterate(needle);
  for (const row of rows) {
    const { id, answer } = rowSchema.parse(row);
    const words = readWords(answer);
    const has = words?.articles.includes(articleId) ?? true;
    if (has && (begunUntil === undefined || (words?.createdAt ?? '') <= begunUntil)) ids.push(id);
  }
  return ids;
}

/** Removes those answers, and the versions of the article that no other answer quotes. */
export function purgeAnswers(
  database: Database.Database,
  articleId: string,
  options: AnswersFromOptions = {},
): PurgedAnswers {
  return deleteForGood(database, () => {
    const answers = answersFrom(database, articleId, options);
    database
      .prepare('DELETE FROM answers WHERE id IN (SELECT value FROM json_each(?))')
      .run(JSON.stringify(answers));
    const { changes: versions } = database
      .prepare(
        `DELETE FROM articles WHERE id = ? AND NOT EXISTS (
           SELECT 1 FROM quotes WHERE quotes.article = articles.id AND quotes.version = articles.version
         )`,
      )
      .run(articleId);
    return { answers, versions };
  });
}

/** Undefined where the answer is damaged: then it goes, as nobody can tell what it holds. */
function readWords(json: string): { readonly articles: string[]; readonly createdAt: string } | undefined {
  try {
    const { citations, nearest, evidence, receipt } = wordsSchema.parse(JSON.parse(json));
    const articles = [...citations, ...nearest, ...evidence].map(({ articleId }) => articleId);
    return { articles, createdAt: receipt.createdAt };
  } catch {
    return undefined;
  }
}
