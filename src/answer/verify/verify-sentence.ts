import type { Verdict } from '../../domain/citation.ts';
import type { Language } from '../../domain/language.ts';
import type { Glossary } from '../../retrieve/glossary.ts';
import { exchangesParts } from './clauses.ts';
import { coverContent } from './content.ts';
import { maxQuotes } from './limits.ts';
import { missingNames, substitutes } from './names.ts';
import { type Notion, readNotions } from './notions.ts';
import { checkFigures } from './numbers-and-dates.ts';
import { contradicts } from './opposites.ts';
import { flipsPolarity } from './polarity.ts';
import { overreaches } from './scope.ts';
import { readStatement, type Statement } from './statement.ts';
import { withoutBounds } from './units.ts';

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

/** Share of the words of topic that must be met for `supported`, and for `partial`. */
const supportedShare = 0.5;
const partialShare = 0.3;

/**
 * Checks a sentence of a reply against the quotations that it cites.
 *
 * `unsupported`: a number, date, unit, bound or name that they do not hold, one fact's number on another, a
 * negation or a direction turned round, or another topic. `partial`: a scope word or a part of the sentence
 * that nothing bears. Linear in the bounded length of its input; never throws.
 *
 * @param options.glossary - lets words be compared across languages and with words of like meaning; without it
 * only names, numbers, dates and negation are compared across languages.
 */
export function verifySentence(options: {
  readonly sentence: string;
  readonly language: Language;
  readonly cited: readonly CitedQuote[];
  readonly glossary?: Glossary;
}): Verification {
  const { sentence, language, cited, glossary } = options;
  if (cited.length === 0) return { verdict: 'uncited', score: 0 };
  if (cited.some(({ quote }) => quote === sentence)) return { verdict: 'supported', score: 1 };

  const read = cited.slice(0, maxQuotes);
  const claim = readStatement(sentence, language);
  const evidence = read.map((item) => readStatement(item.quote, item.language));
  const frames = read.map((item) => readStatement(item.frame, item.language));
  const notions = new Map<Language, readonly Notion[]>();
  const notionsFor = (target: Statement): readonly Notion[] => {
    const known = notions.get(target.language) ?? readNotions(claim.tokens, language, target.language, glossary);
    notions.set(target.language, known);
    return known;
  };

  const figures = checkFigures(claim, evidence, frames, notionsFor);
  const names = missingNames(claim, evidence, frames, notionsFor);
  const content = coverContent(claim, evidence, frames, notionsFor);
  const said = evidence.map(({ lower }) => lower).join('\n');
  const flipped =
    contradicts(withoutBounds(claim.lower), withoutBounds(said)) ||
    flipsPolarity({
      claim,
      evidence,
      notionsFor,
      notionsOf: (source) => readNotions(source.tokens, source.language, language, glossary),
    });
  const swapped = substitutes(claim, evidence) || exchangesParts(claim, evidence, notionsFor);

  const share = held(figures.asked, figures.faults.length) * held(names.asked, names.missing.length) * content.share;
  const score = Math.max(0, Math.min(1, flipped || swapped ? share / 2 : share));
  if (figures.faults.length > 0 || names.missing.length > 0 || flipped || swapped) {
    return { verdict: 'unsupported', score };
  }
  if (content.share < partialShare) return { verdict: 'unsupported', score };
  const whole = content.share >= supportedShare && !content.addition && !overreaches(claim.lower, said);
  return { verdict: whole ? 'supported' : 'partial', score };
}

const held = (asked: number, missing: number): number => (asked === 0 ? 1 : Math.max(0, 1 - missing / asked));
