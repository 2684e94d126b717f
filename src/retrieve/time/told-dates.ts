import type { Language } from '../../domain/language.ts';
import { type Span, spansOverlap } from '../../domain/span.ts';
import { type DateMention, findDates } from '../../domain/text/dates.ts';
import { searchTerm, searchTerms } from '../../domain/text/search-terms.ts';
import { type Word, words } from '../../domain/text/words.ts';
import type { TermGroup } from '../term-group.ts';
import { spanLength } from './calendar.ts';
import { type EventKind, findEventWords } from './event-words.ts';

/** What is known of an event whose date is looked for. */
export interface SoughtEvent {
  /** What names the event, in terms of the articles' language, see `planQuery`. */
  readonly groups: readonly TermGroup[];
  /** What happened, where the question's own words tell it; empty where any kind will do. */
  readonly kinds: ReadonlySet<EventKind>;
}

/** A date that a sentence gives for an event, with how surely it does, 0–1. */
export interface ToldDate extends Pick<DateMention, 'from' | 'to'> {
  readonly weight: number;
}

/** Least share of an event's name that a sentence with its title must hold, and that the sentence alone must. */
const leastNamed = 0.75;
const leastNamedBySentence = 0.5;

/** Characters between the end of an event's name and a date that belongs to it: "57-NQ/TW ngày". */
const attached = 25;

/** Characters between a date and the word that tells what happened on it. */
const reach = 80;

/** What an event is known by is when it came about; its end or its taking effect counts where nothing else is told. */
const lateKinds: ReadonlySet<EventKind> = new Set(['effect', 'end', 'announce', 'build', 'honour']);
const lateWeight = 0.5;

/** Days of the longest time that says when something happened. */
const longestDate = 31;
const vagueWeight = 0.3;

/** Dates of one sentence that are looked at; more are a table and not a sentence. */
const mostDates = 6;

/**
 * The dates that `sentence` gives for the event: beside its name, or beside a word that tells what happened.
 *
 * @param titleTerms - the search terms of the title and the headings above the sentence.
 */
export function findToldDates(
  sentence: string,
  language: Language,
  titleTerms: ReadonlySet<string>,
  { groups, kinds }: SoughtEvent,
): ToldDate[] {
  // Most sentences do not speak of the event; that is told faster than their dates are read.
  if (shareNamed(searchTerms(sentence, language), titleTerms, groups) === 0) return [];
  const all = words(sentence);
  const terms = new Set(groups.flatMap(({ alternatives }) => alternatives.flat()));
  return findDates(sentence, language)
    .slice(0, mostDates)
    .flatMap((date): ToldDate[] => {
      // The year of "24 November 2022" is not the one that "Techfest 2022" is named by.
      const rest = all.filter((word) => !spansOverlap(word, date));
      const own = rest.filter((word) => terms.has(searchTerm(word.text, language)));
      const named = shareNamed(searchTerms(cutOut(sentence, date), language), titleTerms, groups);
      if (named === 0 || isOfAnother(rest, own, date)) return [];
      const wide = spanLength(date) > longestDate ? vagueWeight : 1;
      const weight = named * wide * (standsBeside(sentence, own, date, kinds) ? 1 : byVerb());
      return weight > 0 ? [{ from: date.from, to: date.to, weight }] : [];

      function byVerb(): number {
        const weights = findEventWords(sentence, language)
          .filter(({ kind }) => kinds.size === 0 || kinds.has(kind))
          .filter((word) => tellsOf(sentence, word, date, rest, own))
          .map(({ kind, start, end }) => {
            const gap = start < date.start ? date.start - end : start - date.end;
            return (kinds.size === 0 && lateKinds.has(kind) ? lateWeight : 1) / (1 + gap / reach);
          });
        return Math.max(0, ...weights);
      }
    });
}

function cutOut(text: string, { start, end }: Span): string {
  return `${text.slice(0, start)} ${text.slice(end)}`;
}

/** "Resolution 57 of 22 December 2024": the date follows the name. */
function standsBeside(
  sentence: string,
  own: readonly Word[],
  date: Span,
  kinds: ReadonlySet<EventKind>,
): boolean {
  const name = own.findLast((word) => word.end <= date.start);
  if (kinds.size > 0 || !name) return false;
  const between = sentence.slice(name.end, date.start);
  return between.length <= attached && !/[,;:]/u.test(between.slice(0, -1));
}

/** Where the event has a number ("Decision 1131"), one that stands nearer to the date is of something else. */
function isOfAnother(rest: readonly Word[], own: readonly Word[], date: Span): boolean {
  const isNumber = (word: Word) => /\d/u.test(word.text);
  const numbers = own.filter(isNumber);
  if (numbers.length === 0) return false;
  const distance = ({ start, end }: Span) => (end <= date.start ? date.start - end : start - date.end);
  const nearest = Math.min(...numbers.map(distance));
  return rest.some((word) => isNumber(word) && !own.includes(word) && distance(word) < nearest);
}

/** Share of the event's name that the sentence holds; the title counts half. 0 where too little or its core is missing. */
function shareNamed(
  terms: readonly string[],
  above: ReadonlySet<string>,
  groups: readonly TermGroup[],
): number {
  const said = new Set(terms);
  const isIn = (group: TermGroup, all: ReadonlySet<string>) =>
    group.alternatives.some((alternative) => alternative.every((term) => all.has(term)));
  const share = (isMet: (group: TermGroup) => boolean) =>
    groups.reduce((sum, group) => sum + (isMet(group) ? group.weight : 0), 0) /
    groups.reduce((sum, group) => sum + group.weight, 0);
  const bySentence = share((group) => isIn(group, said));
  const together = share((group) => isIn(group, said) || isIn(group, above));
  const lacksCore = groups.some((group) => group.essential && !isIn(group, said) && !isIn(group, above));
  if (lacksCore || bySentence < leastNamedBySentence || together < leastNamed) return 0;
  return (bySentence + together) / 2;
}

/** Whether nothing between the word and the date gives the date to something else. */
function tellsOf(
  sentence: string,
  word: { start: number; end: number },
  date: DateMention,
  all: readonly Word[],
  ownWords: readonly Word[],
): boolean {
  const [from, to] = word.start < date.start ? [word.end, date.start] : [date.end, word.start];
  if (to - from > reach) return false;
  // "On 22 December 2024, the Politburo adopted …": only a date that begins the sentence is set off by a comma.
  const begins = date.start < word.start && date.start <= 12;
  if (/[;:]/u.test(sentence.slice(from, to)) || (!begins && sentence.slice(from, to).includes(',')))
    return false;
  const others = all.filter((one) => one.start >= from && one.end <= to && /\d/u.test(one.text));
  return others.every((one) => ownWords.includes(one));
}
