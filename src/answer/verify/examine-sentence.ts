import type { Verdict } from '../../domain/citation.ts';
import type { Language } from '../../domain/language.ts';
import type { Glossary } from '../../retrieve/glossary.ts';
import { exchangesParts } from './clauses.ts';
import { coverContent } from './content.ts';
import { maxQuotes } from './limits.ts';
import { missingNames, substitutes } from './names.ts';
import { type Notion, readNotions } from './notions.ts';
import { checkFigures, type FigureFault } from './numbers-and-dates.ts';
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

/** What {@link examineSentence} works with. */
export interface ExamineOptions {
  readonly sentence: string;
  readonly language: Language;
  readonly cited: readonly CitedQuote[];
  /**
   * Lets words be compared across languages and with words of like meaning. Without it only names, numbers,
   * dates and negation are compared across languages.
   */
  readonly glossary?: Glossary;
}

/** How far the cited quotations bear a sentence, and why no further. */
export interface Examination {
  readonly verdict: Verdict;
  /** 0–1: the share of the sentence's numbers, names and content words that the quotations hold. */
  readonly score: number;
  /** What speaks against the sentence, in the order in which the rules look. */
  readonly faults: readonly Fault[];
  /** Whether one of the faults is sure (see {@link isSure}): nobody may call such a sentence supported. */
  readonly refuted: boolean;
}

/** What a rule found. */
export type Fault =
  | FigureFault
  | 'name'
  | 'substitution'
  | 'exchange'
  | 'direction'
  | 'negation'
  | 'scope'
  | 'addition'
  | 'topic'
  /** Too long or too full of numbers to be checked to its end. */
  | 'length';

/** Faults that leave a sentence partly supported; any other one makes it unsupported. */
const lesserFaults: ReadonlySet<Fault> = new Set(['counted', 'scope', 'addition', 'topic', 'length']);

/** Faults of wording, in which rules err: a paraphrase shares few words with what it says again. */
const unsureFaults: ReadonlySet<Fault> = new Set(['counted', 'scope', 'addition', 'topic']);

/**
 * Whether a fault is a matter of fact: a number, date, unit, bound or name that the quotations do not hold, a
 * negation or a direction turned round, two facts exchanged, or text that the rules did not read to its end.
 */
const isSure = (fault: Fault): boolean => !unsureFaults.has(fault);

/** Share of the words of topic that must be met for `supported`, and for `partial`. */
const supportedShare = 0.5;
const partialShare = 0.3;

/**
 * Checks a sentence of a reply against the quotations that it cites.
 *
 * `unsupported`: a number, date, unit, bound or name that they do not hold, one fact's number on another, a
 * negation or a direction turned round, or another topic. `partial`: a scope word or a part of the sentence
 * that nothing bears. Linear in the bounded length of its input; never throws.
 */
export function examineSentence(options: ExamineOptions): Examination {
  const { sentence, language, cited, glossary } = options;
  if (cited.length === 0) return { verdict: 'uncited', score: 0, faults: [], refuted: false };
  if (cited.some(({ quote }) => quote === sentence)) {
    return { verdict: 'supported', score: 1, faults: [], refuted: false };
  }

  const read = cited.slice(0, maxQuotes);
  const claim = readStatement(sentence, language);
  const evidence = read.map((item) => readStatement(item.quote, item.language));
  const frames = read.map((item) => readStatement(item.frame, item.language));
  const notions = new Map<Language, readonly Notion[]>();
  const notionsFor = (target: Statement): readonly Notion[] => {
    const known =
      notions.get(target.language) ?? readNotions(claim.tokens, language, target.language, glossary);
    notions.set(target.language, known);
    return known;
  };

  const figures = checkFigures(claim, evidence, frames, notionsFor);
  const names = missingNames(claim, evidence, frames, notionsFor);
  const content = coverContent(claim, evidence, frames, notionsFor);
  const said = evidence.map(({ lower }) => lower).join('\n');
  const notionsOf = (source: Statement) => readNotions(source.tokens, source.language, language, glossary);
  const found: readonly (readonly [Fault, boolean])[] = [
    ['name', names.missing.length > 0],
    ['substitution', substitutes(claim, evidence, frames)],
    ['exchange', exchangesParts(claim, evidence, notionsFor)],
    ['direction', contradicts(withoutBounds(claim.lower), withoutBounds(said))],
    ['negation', flipsPolarity({ claim, evidence, notionsFor, notionsOf })],
    ['scope', overreaches(claim.lower, said)],
    ['addition', content.addition],
    ['topic', content.share < supportedShare],
    ['length', !claim.whole],
  ];
  const faults = [...figures.faults, ...found.flatMap(([fault, present]) => (present ? [fault] : []))];

  const share =
    held(figures.asked, figures.faults.length) * held(names.asked, names.missing.length) * content.share;
  const turned = faults.some(
    (fault) => fault === 'direction' || fault === 'negation' || fault === 'exchange',
  );
  const score = turned ? share / 2 : share;
  // Figures that all agree are a topic in themselves: "has run since 10 April" of what "opened on 10 April".
  const hasTopic = content.share >= partialShare || (figures.asked > 0 && figures.faults.length === 0);
  const isGrave = !hasTopic || faults.some((fault) => !lesserFaults.has(fault));
  const verdict = isGrave ? 'unsupported' : faults.length > 0 ? 'partial' : 'supported';
  return { verdict, score, faults, refuted: faults.some(isSure) };
}

const held = (asked: number, missing: number): number => (asked === 0 ? 1 : Math.max(0, 1 - missing / asked));
