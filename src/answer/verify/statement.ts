import type { Language } from '../../domain/language.ts';
import { type DateMention, readDates } from './dates.ts';
import { maxFigures, maxNegations, maxTextLength } from './limits.ts';
import { type Negation, readNegations } from './negations.ts';
import { type NotionText, notionText } from './notions.ts';
import { type Quantity, readQuantities } from './quantities.ts';
import { normalised, type Token, tokenise } from './tokens.ts';

/** A sentence or a quotation as the rules see it. */
export interface Statement {
  readonly language: Language;
  readonly text: string;
  readonly lower: string;
  /** The words; those of dates stand apart, in `dates`. */
  readonly tokens: readonly Token[];
  readonly dates: readonly DateMention[];
  readonly quantities: readonly Quantity[];
  readonly negations: readonly Negation[];
  /** Words that are part of a number, as indexes of the tokens. */
  readonly counted: ReadonlySet<number>;
  readonly notions: NotionText;
  /** Whether no limit cut anything that a rule would have asked for. */
  readonly whole: boolean;
}

/** Reads a text once for all rules. Linear in its bounded length. */
export function readStatement(original: string, language: Language): Statement {
  const text = normalised(original);
  const { dates, rest } = readDates(text);
  const tokens = tokenise(rest, language);
  const allQuantities = readQuantities(tokens, rest, language);
  const quantities = allQuantities.slice(0, maxFigures);
  const counted = new Set<number>();
  for (const { first, last } of quantities) {
    for (let index = first; index <= last; index += 1) counted.add(index);
  }
  return {
    language,
    text,
    lower: text.toLowerCase(),
    tokens,
    dates: dates.slice(0, maxFigures),
    quantities,
    negations: readNegations(tokens, language).slice(0, maxNegations),
    whole:
      original.length <= maxTextLength && allQuantities.length <= maxFigures && dates.length <= maxFigures,
    counted,
    notions: notionText(tokenise(text, language)),
  };
}
