import type { CitedQuote } from '../../answer/verify/examine-sentence.ts';
import type { Article } from '../../domain/article.ts';
import { FootnoteError } from '../../domain/errors.ts';
import { frameOf } from '../../domain/evidence.ts';
import { readArticle } from '../../ingest/read-article.ts';
import { splitArticle } from '../../ingest/split/passages.ts';
import type { CorruptedEntry } from './corrupted-entry.ts';

type Reference = CorruptedEntry['cited'][number];

/** Finds a quotation in the articles of a folder. */
export type QuoteFinder = (reference: Reference) => Promise<CitedQuote>;

/** Reads each article of the folder `corpus` once, when a quotation of it is asked for. */
export function createQuoteFinder(corpus: string): QuoteFinder {
  const articles = new Map<string, Promise<Article>>();
  return async ({ article: file, quote }) => {
    const reading = articles.get(file) ?? readArticle(corpus, file);
    articles.set(file, reading);
    const article = await reading;
    const start = article.text.indexOf(quote);
    if (start === -1) {
      throw new FootnoteError('configuration', `${file} does not hold the quotation "${quote}".`);
    }
    const passage = splitArticle(article).find((item) => item.start <= start && start < item.end);
    const frame = frameOf(article.title, passage?.headingPath ?? []);
    return { quote, language: article.language, frame };
  };
}
