import type { Verdict } from '../../domain/citation.ts';
import type { Language } from '../../domain/language.ts';
import { statementFacts, vocabulary } from './statement-facts.ts';

/** A quotation that a sentence of the reply cites, with what the reader sees beside it. */
export interface CitedQuote {
  readonly quote: string;
  readonly language: Language;
  /** The article's title and the headings above the quotation: they name what the quotation is about. */
  readonly frame: string;
}

/** How far the cited quotations bear a sentence. */
export interface Verification {
  readonly verdict: Verdict;
  /** 0–1: the share of the sentence's numbers, names and content words that the quotations hold. */
  readonly score: number;
}

/** Content words that must be met for `supported`, and for `partial`. Names may come from the frame. */
const supportedShare = 0.6;
const partialShare = 0.3;

/**
 * Checks a sentence of a reply against the quotations that it cites. A number or a name that they do not
 * hold, or a negation on one side only, makes it `unsupported`; missing content words make it `partial`.
 * Across languages content words cannot be compared, so numbers, names and negation decide.
 */
export function verifySentence(options: {
  readonly sentence: string;
  readonly language: Language;
  readonly cited: readonly CitedQuote[];
}): Verification {
  const { sentence, language, cited } = options;
  if (cited.length === 0) return { verdict: 'uncited', score: 0 };
  if (cited.some(({ quote }) => quote === sentence)) return { verdict: 'supported', score: 1 };

  const claim = statementFacts(sentence, language);
  const evidence = cited.map((item) => ({
    facts: statementFacts(item.quote, item.language),
    words: vocabulary(`${item.frame}\n${item.quote}`, item.language),
    language: item.language,
  }));
  const has = (word: string) => evidence.some((item) => item.words.has(word));
  const numbers = share(claim.numbers, (number) => evidence.some(({ facts }) => facts.numbers.has(number)));
  const names = share(claim.names, has);
  const comparable = evidence.some((item) => item.language === language);
  const content = comparable ? share(claim.content, has) : 1;
  const negationMatches = evidence.some(({ facts }) => facts.negated === claim.negated);

  const score = numbers * names * content * (negationMatches ? 1 : 0.5);
  if (numbers < 1 || names < 1 || !negationMatches) return { verdict: 'unsupported', score };
  if (content >= supportedShare) return { verdict: 'supported', score };
  return { verdict: content >= partialShare ? 'partial' : 'unsupported', score };
}

function share(wanted: ReadonlySet<string>, isMet: (item: string) => boolean): number {
  if (wanted.size === 0) return 1;
  return Array.from(wanted).filter(isMet).length / wanted.size;
}
