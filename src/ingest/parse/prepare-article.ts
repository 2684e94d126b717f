import type { Article } from '../../domain/article.ts';
import { minHash } from '../../domain/text/min-hash.ts';
import { splitArticle } from '../split/passages.ts';
import type { PreparedArticle } from './parsed-file.ts';

/** Splits an article into its passages, and makes the signature by which near copies of it are found. */
export function prepareArticle(article: Article): PreparedArticle {
  return { article, passages: splitArticle(article), signature: minHash(article.text) };
}
