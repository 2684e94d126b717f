import { FootnoteError } from '../../domain/errors.ts';
import type { Language } from '../../domain/language.ts';
import { rootsOf } from '../../ingest/load/corpus-roots.ts';
import type { PreparedArticle } from '../../ingest/parse/parsed-file.ts';
import { readTrustedCorpus } from '../../ingest/read-corpus.ts';
import { coveredShare, locateQuote, type PlacedQuote } from '../quote-match.ts';
import type { GoldenQuestion } from './golden-set.ts';

/** A gold sentence and where the index has it. */
export interface LocatedGold extends PlacedQuote {
  readonly language: Language;
  /** The passages that hold at least half of it. */
  readonly passageIds: readonly string[];
}

/** Finds gold sentences in the articles that a corpus folder becomes. */
export type GoldLocator = (question: GoldenQuestion) => LocatedGold[];

/**
 * Reads the corpus as an ingest does.
 *
 * @throws FootnoteError `configuration`; so does the locator, for a sentence that its article does not hold.
 */
export async function createGoldLocator(corpusDir: string, signal?: AbortSignal): Promise<GoldLocator> {
  const files = new Map<string, PreparedArticle>();
  for await (const { file, articles } of readTrustedCorpus(rootsOf(corpusDir), signal)) {
    if (articles[0]) files.set(file, articles[0]);
  }
  return (question) =>
    question.gold.map(({ article: file, quote }) => {
      const found = files.get(file);
      const span = found && locateQuote(found.article.text, quote);
      if (!found || !span) {
        throw new FootnoteError('configuration', `${question.id}: ${file} does not say “${quote}”.`, {
          remedy: 'Mend the golden set, or the article.',
        });
      }
      const { article } = found;
      const passages = found.passages.filter((passage) => coveredShare(passage, span) >= 0.5);
      return {
        articleId: article.id,
        language: article.language,
        quote,
        span,
        passageIds: passages.map(({ id }) => id),
      };
    });
}
