import { sha256 } from '../../domain/fingerprint.ts';
import type { TypedArticle } from '../../domain/ingest-admin.ts';
import { pathSlug } from '../metadata/slug.ts';

/**
 * An article that was typed in, as the file that it is kept as: one line of JSON. Its id, where none is given, is made of
 * its title, so that the article is replaced when it is sent again.
 */
export function typedArticleFile(article: TypedArticle): { readonly name: string; readonly text: string } {
  const { id: givenId, title, text, language, publishedAt, publisher, author, sourceUrl } = article;
  // The slash keeps a title with a dot in it from being taken for a file with an extension.
  const id = givenId ?? pathSlug(`${title}/`) ?? `article-${sha256(title).slice(0, 12)}`;
  const line = { id, title, text, language, publishedAt, publisher, author, sourceUrl };
  return { name: `${id}.jsonl`, text: `${JSON.stringify(line)}\n` };
}
