import type { CitedQuote } from '../../answer/verify/examine-sentence.ts';
import { FootnoteError } from '../../domain/errors.ts';
import { frameOf } from '../../domain/evidence.ts';
import { rootsOf } from '../../ingest/load/corpus-roots.ts';
import type { PreparedArticle } from '../../ingest/parse/parsed-file.ts';
import { readTrustedFile } from '../../ingest/read-corpus.ts';
import type { CorruptedEntry } from './corrupted-entry.ts';

type Reference = CorruptedEntry['cited'][number];

/** Finds a quotation in the articles of a folder. */
export type QuoteFinder = (reference: Reference) => Promise<CitedQuote>;

/** Reads each article of the folder `corpus` once, when a quotation of it is asked for. */
export function createQuoteFinder(corpus: string): QuoteFinder {
  const articles = new Map<string, Promise<PreparedArticle>>();

  async function read(file: string): Promise<PreparedArticle> {
    const { articles: found, failures } = await readTrustedFile(rootsOf(corpus), file);
    if (found[0]) return found[0];
    throw new FootnoteError('configuration', `${file} cannot be read: ${failures.join(' ')}`);
  }

  return async ({ article: file, quote }) => {
    const reading = articles.get(file) ?? read(file);
    articles.set(file, reading);
    const { article, passages } = await reading;
    const start = article.text.indexOf(quote);
    if (start === -1) {
      throw new FootnoteError('configuration', `${file} does not hold the quotation "${quote}".`);
    }
    const passage = passages.find((item) => item.start <= start && start < item.end);
    const frame = frameOf(article.title, passage?.headingPath ?? []);
    return { quote, language: article.language, frame };
  };
}
