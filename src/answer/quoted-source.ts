import type { NearestArticle } from '../domain/answer.ts';
import { sentenceText } from '../domain/evidence.ts';
import { originalLink, passageLink, readerLink } from './links.ts';
import type { SourceSentence } from './source-sentence.ts';

/** A stored sentence as readers see it: its exact words, where they stand, and what is known of the article. */
export function quotedSource({ evidence, sentence }: SourceSentence): Omit<NearestArticle, 'language'> {
  const { article, passage } = evidence;
  const quote = sentenceText(evidence, sentence);
  const span = { start: sentence.start, end: sentence.end };
  return {
    articleId: article.id,
    articleVersion: article.version,
    passageId: passage.id,
    title: article.title,
    ...(article.publishedAt !== undefined && { publishedAt: article.publishedAt }),
    ...(article.publisher !== undefined && { publisher: article.publisher }),
    ...(article.sourceUrl !== undefined && { sourceUrl: article.sourceUrl }),
    quote,
    source: span,
    links: {
      passage: passageLink(passage.id),
      reader: readerLink(article.id, span),
      ...(article.sourceUrl !== undefined && { original: originalLink(article.sourceUrl, quote) }),
    },
  };
}
