import type { Article } from '../../domain/article.ts';
import { FootnoteError } from '../../domain/errors.ts';
import { buildArticle } from '../../ingest/build-article.ts';
import { extractText } from '../../ingest/extract/text.ts';
import { pathSlug } from '../../ingest/metadata/slug.ts';
import type { SetDocument } from './question-set.ts';

/** Longest start of an article id that is taken from the document's; a number follows. */
const longestStem = 100;

/** Documents as the ingest makes articles of them. */
export interface DocumentArticles {
  readonly articles: readonly Article[];
  /** The document's id by that of its article. */
  readonly documentIds: ReadonlyMap<string, string>;
}

/** Makes articles of documents, as of files that declare their title and language. Empty ones are left out. */
export function documentArticles(documents: readonly SetDocument[]): DocumentArticles {
  const documentIds = articleIds(documents);
  const byDocument = new Map(Array.from(documentIds, ([articleId, id]) => [id, articleId]));
  const articles = documents.flatMap((document) => {
    const id = byDocument.get(document.id);
    const article = id === undefined ? undefined : toArticle(id, document);
    return article ? [article] : [];
  });
  return { articles, documentIds };
}

/** The document's id by that of its article; different ids may come down to one slug, hence the number. */
export function articleIds(documents: readonly Pick<SetDocument, 'id'>[]): Map<string, string> {
  return new Map(
    documents.map(({ id }, index) => {
      const stem = pathSlug(`${id}.txt`)?.slice(0, longestStem).replace(/-$/u, '') ?? 'document';
      return [`${stem}-${index}`, id];
    }),
  );
}

function toArticle(id: string, { title, text, lang }: SetDocument): Article | undefined {
  const metadata = { ...(title.trim() !== '' && { title }), language: lang };
  try {
    const document = { ...extractText(text), metadata, guessHeadings: false };
    return buildArticle({ id, file: `${id}.txt`, document, hints: {} });
  } catch (error) {
    if (error instanceof FootnoteError && error.code === 'unreadable-article') return undefined;
    throw error;
  }
}
