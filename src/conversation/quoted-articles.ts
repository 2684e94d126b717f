import type { Answer } from '../domain/answer.ts';
import type { Article } from '../domain/article.ts';

/** The articles that an answer quotes, in the versions that it quotes, each once. */
export async function quotedArticles(
  { citations, nearest }: Pick<Answer, 'citations' | 'nearest'>,
  articleOf: (id: string) => Promise<Article | undefined>,
): Promise<Article[]> {
  const versions = new Map(
    [...citations, ...nearest].map(({ articleId, articleVersion }) => [articleId, articleVersion]),
  );
  const articles = await Promise.all(Array.from(versions.keys(), articleOf));
  return articles.flatMap((article) =>
    article && versions.get(article.id) === article.version ? [article] : [],
  );
}
