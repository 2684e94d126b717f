import type { Citation, Verdict } from '../domain/citation.ts';
import { sentenceText } from '../domain/evidence.ts';
import type { Span } from '../domain/span.ts';
import { originalLink, passageLink, readerLink } from './links.ts';
import { sourceKey, type SourceSentence } from './source-sentence.ts';

/** Numbers the footnotes of one answer in order of first use. */
export interface CitationList {
  /** Numbers of the sources, in their order; a stored sentence keeps its number wherever it is cited. */
  number(sources: readonly SourceSentence[]): number[];
  /**
   * The citations among `sources` that are cited for the first time, now that the citing sentence's place
   * and verdict are known. Call once per sentence, after {@link number}.
   */
  resolve(
    sources: readonly SourceSentence[],
    answer: Span,
    support: { verdict: Verdict; score: number },
  ): Citation[];
  /** Whether each of `sources` has its footnote already. */
  hasAll(sources: readonly SourceSentence[]): boolean;
  readonly all: readonly Citation[];
}

/** Creates an empty list. */
export function createCitationList(): CitationList {
  const numbers = new Map<string, number>();
  const citations: Citation[] = [];
  return {
    all: citations,
    hasAll: (sources) => sources.every((source) => numbers.has(sourceKey(source))),
    number: (sources) =>
      sources.map((source) => {
        const key = sourceKey(source);
        const known = numbers.get(key);
        if (known !== undefined) return known;
        numbers.set(key, numbers.size + 1);
        return numbers.size;
      }),
    resolve: (sources, answer, support) => {
      const fresh = sources.flatMap((source) => {
        const n = numbers.get(sourceKey(source));
        return n !== undefined && n > citations.length ? [toCitation(n, source, answer, support)] : [];
      });
      citations.push(...fresh);
      return fresh;
    },
  };
}

function toCitation(
  n: number,
  source: SourceSentence,
  answer: Span,
  support: { verdict: Verdict; score: number },
): Citation {
  const { article, passage } = source.evidence;
  const quote = sentenceText(source.evidence, source.sentence);
  const span = { start: source.sentence.start, end: source.sentence.end };
  return {
    n,
    articleId: article.id,
    articleVersion: article.version,
    passageId: passage.id,
    title: article.title,
    ...(article.publishedAt !== undefined && { publishedAt: article.publishedAt }),
    ...(article.publisher !== undefined && { publisher: article.publisher }),
    ...(article.sourceUrl !== undefined && { sourceUrl: article.sourceUrl }),
    quote,
    source: span,
    answer,
    support,
    links: {
      passage: passageLink(passage.id),
      reader: readerLink(article.id, span),
      ...(article.sourceUrl !== undefined && { original: originalLink(article.sourceUrl, quote) }),
    },
  };
}
