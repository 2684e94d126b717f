import type Database from 'better-sqlite3';

import type { Answer } from '../domain/answer.ts';
import type { Article } from '../domain/article.ts';

/** Adds an answer, stored `at` that epoch millisecond, with the articles that it quotes. Within a transaction. */
export function insertAnswer(
  database: Database.Database,
  { answer, articles, at }: { answer: Answer; articles: readonly Article[]; at: number },
): void {
  database
    .prepare('INSERT INTO answers (id, stored_at, answer) VALUES (?, ?, ?)')
    .run(answer.id, at, JSON.stringify(answer));
  for (const article of articles) {
    database
      .prepare('INSERT INTO articles (id, version, article) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
      .run(article.id, article.version, JSON.stringify(article));
    database
      .prepare('INSERT INTO quotes (answer, article, version) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
      .run(answer.id, article.id, article.version);
  }
}
