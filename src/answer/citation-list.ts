import type { Citation } from '../domain/citation.ts';
import { type Evidence, toAlsoIn } from '../domain/evidence.ts';
import type { Span } from '../domain/span.ts';
import { foldedWords } from '../retrieve/same-statements.ts';
import { quotedSource } from './quoted-source.ts';
import { sourceKey, type SourceSentence } from './source-sentence.ts';

/** Numbers the footnotes of one answer in order of first use. */
export interface CitationList {
  /** Numbers of the sources, in their order; a stored sentence keeps its number wherever it is cited. */
  number(sources: readonly SourceSentence[]): number[];
  /**
   * The citations among `sources` that are cited for the first time, now that the citing sentence's place
   * and verdict are known. Call once per sentence, after {@link number}.
   */
  resolve(sources: readonly SourceSentence[], answer: Span, support: Citation['support']): Citation[];
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

function toCitation(n: number, source: SourceSentence, answer: Span, support: Citation['support']): Citation {
  const { links, ...quoted } = quotedSource(source);
  return { n, ...quoted, ...copiesOf(quoted.quote, source.evidence), answer, support, links };
}

/** The copies of the passage that hold the quotation itself, punctuation and diacritics aside. */
function copiesOf(quote: string, { alsoIn = [] }: Evidence): Pick<Citation, 'alsoIn'> {
  const wanted = ` ${foldedWords(quote).join(' ')} `;
  const holding = alsoIn.filter(({ text }) => ` ${foldedWords(text).join(' ')} `.includes(wanted));
  return holding.length > 0 ? { alsoIn: holding.map(toAlsoIn) } : {};
}
