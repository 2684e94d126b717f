import type Database from 'better-sqlite3';

import type { Answer } from '../domain/answer.ts';
import type { Article } from '../domain/article.ts';
import { oncePer } from '../domain/once-per.ts';

/** Adds an answer, stored `at` that epoch millisecond, with the articles that it quotes. Within a transaction. */
export function insertAnswer(
  database: Database.Database,
  { answer, articles, at }: { answer: Answer; articles: readonly Article[]; at: number },
): void {
  const { addAnswer, holdsArticle, addArticle, addQuote } = statementsOf(database);
  addAnswer.run(answer.id, at, JSON.stringify(answer));
  for (const article of articles) {
    const { id, version } = article;
    // Most are there already; writing one out as JSON takes longer than a look.
    if (holdsArticle.get(id, version) === undefined) addArticle.run(id, version, JSON.stringify(article));
    addQuote.run(answer.id, id, version);
  }
}

const statementsOf = oncePer((database: Database.Database) => ({
  addAnswer: database.prepare('INSERT INTO answers (id, stored_at, answer) VALUES (?, ?, ?)'),
  holdsArticle: database.prepare('SELECT 1 FROM articles WHERE id = ? AND version = ?'),
  addArticle: database.prepare('INSERT INTO articles (id, version, article) VALUES (?, ?, ?)'),
  addQuote: database.prepare(
    'INSERT INTO quotes (answer, article, version) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  ),
}));
