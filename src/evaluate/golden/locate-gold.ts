import type { Article } from '../../domain/article.ts';
import { FootnoteError } from '../../domain/errors.ts';
import type { Language } from '../../domain/language.ts';
import { loadCorpus } from '../../ingest/load-corpus.ts';
import { splitArticle } from '../../ingest/split/passages.ts';
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
  const articles = new Map<string, Article>();
  for await (const loaded of loadCorpus({ dir: corpusDir, ...(signal && { signal }) })) {
    if (loaded.kind === 'article') articles.set(loaded.file, loaded.article);
  }
  return (question) =>
    question.gold.map(({ article: file, quote }) => {
      const article = articles.get(file);
      const span = article && locateQuote(article.text, quote);
      if (!span) {
        throw new FootnoteError('configuration', `${question.id}: ${file} does not say “${quote}”.`, {
          remedy: 'Mend the golden set, or the article.',
        });
      }
      const passages = splitArticle(article).filter((passage) => coveredShare(passage, span) >= 0.5);
      return {
        articleId: article.id,
        language: article.language,
        quote,
        span,
        passageIds: passages.map(({ id }) => id),
      };
    });
}
