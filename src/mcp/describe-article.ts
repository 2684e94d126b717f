import type { ArticleMetadata } from '../domain/article.ts';
import { quoteInline } from './quoted-text.ts';

interface Described {
  readonly articleId: string;
  readonly title: string;
  readonly publishedAt?: string;
  readonly publisher?: string;
  readonly source: { readonly start: number; readonly end: number };
}

/** One line that says where a text stands. */
export function describePlace({ articleId, title, publishedAt, publisher, source }: Described): string {
  return [
    quoteInline(title),
    ...(publisher === undefined ? [] : [quoteInline(publisher)]),
    publishedAt ?? 'undated',
    `article ${articleId}`,
    `characters ${source.start}–${source.end}`,
  ].join(', ');
}

/** What is told of an article beside its words. */
export function articleMembers(article: ArticleMetadata & { readonly id: string; readonly version: string }) {
  const { id, version, title, publishedAt, publisher, sourceUrl } = article;
  return {
    articleId: id,
    articleVersion: version,
    title,
    ...(publishedAt !== undefined && { publishedAt }),
    ...(publisher !== undefined && { publisher }),
    ...(sourceUrl !== undefined && { sourceUrl }),
  };
}
