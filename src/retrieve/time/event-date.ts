import type { Language } from '../../domain/language.ts';
import type { PassageIndex, StoredPassage } from '../../domain/ports.ts';
import type { Span } from '../../domain/span.ts';
import { type DateInterval, intervalsOverlap } from '../../domain/text/dates.ts';
import { searchTerms } from '../../domain/text/search-terms.ts';
import type { Glossary } from '../glossary.ts';
import { planQuery } from '../query-plan.ts';
import type { TermGroup } from '../term-group.ts';
import { dayNumber, spanLength } from './calendar.ts';
import { findEventWords } from './event-words.ts';
import { findToldDates, type SoughtEvent } from './told-dates.ts';

/** What {@link findEventDate} looks for, and where. */
export interface EventDateOptions {
  readonly index: PassageIndex;
  /** The event in the question's words. */
  readonly event: string;
  /** The whole question, whose other words tell which of several such events is meant. */
  readonly question: string;
  readonly language: Language;
  readonly glossary: Glossary;
  /** A time that the event's name holds ("Techfest 2022"); its date lies inside. */
  readonly within?: DateInterval;
  readonly signal?: AbortSignal;
}

/** Passages that are read: enough for the articles that tell of one event, and few enough to cost next to nothing. */
const passagesRead = 10;

/** Weight of the question's other words beside the event's. */
const contextWeight = 0.25;

/** Share of the best date's weight from which another date makes it uncertain which event is meant. */
const rivalShare = 0.8;

/** Days between two dates that may be given for one event. */
const sameEvent = 31;

/** Longest event that is looked up, in characters. */
const longestEvent = 120;

/**
 * When an event was, by the articles: the date that their sentences give for it most often and most plainly, or
 * the publication date of the best article whose title names it. `undefined` where nothing tells it, or where the
 * articles tell of several such events and the question does not say which.
 */
export async function findEventDate(options: EventDateOptions): Promise<DateInterval | undefined> {
  const { language, index } = options;
  const other: Language = language === 'en' ? 'vi' : 'en';
  for (const articleLanguage of [language, other]) {
    if (index.generation.languages[articleLanguage]) {
      const date = await findIn(articleLanguage, options);
      if (date) return date;
    }
  }
  return undefined;
}

async function findIn(
  articleLanguage: Language,
  options: EventDateOptions,
): Promise<DateInterval | undefined> {
  const { index, within, signal } = options;
  const event = options.event.slice(0, longestEvent);
  const { groups, terms, kinds } = planEvent(articleLanguage, { ...options, event });
  // One common word is too little to know an event by in the other language, where it has several meanings.
  const isKnown = groups.length > 1 || groups.some(({ essential }) => essential);
  if (groups.length === 0 || (articleLanguage !== options.language && !isKnown)) return undefined;
  const hits = await index.searchText({
    terms,
    language: articleLanguage,
    limit: passagesRead,
    ...(signal && { signal }),
  });
  const best = hits[0]?.score ?? 0;
  const scores = new Map(hits.map(({ passageId, score }) => [passageId, score]));
  const stored = await index.passages(hits.map(({ passageId }) => passageId));
  const votes = stored.flatMap((item) =>
    votesOf(item, { groups, kinds }, best > 0 ? (scores.get(item.passage.id) ?? 0) / best : 0),
  );
  if (within === undefined)
    return elect(votes) ?? (kinds.size === 0 ? publication(stored, groups) : undefined);
  const inside = ({ from, to }: DateInterval) => within.from <= from && to <= within.to;
  return elect(votes.filter((vote) => inside(vote) && spanLength(vote) < spanLength(within)));
}

/** What names the event, what happened, and what is searched for. */
function planEvent(articleLanguage: Language, options: EventDateOptions) {
  const { event, question, language, glossary } = options;
  const groupsOf = (text: string) =>
    planQuery({ question: text, questionLanguage: language, articleLanguage, glossary, denseLanguages: [] })
      .groups;
  const words = findEventWords(event, language);
  const kinds = new Set(words.map(({ kind }) => kind));
  // "The opening" alone says what happened, not of what: that the question's names and numbers tell.
  const named = groupsOf(without(event, words));
  const all = groupsOf(question);
  const groups = named.length > 0 ? named : all.filter(({ essential }) => essential);
  const weights = new Map<string, number>();
  // A name or a number tells which event is meant; without one the question's other words must.
  const isTold = groups.some(({ essential }) => essential);
  for (const group of isTold ? groups : [...all, ...groups]) {
    const weight = groups.includes(group) ? 1 : contextWeight;
    for (const term of group.alternatives.flat()) weights.set(term, weight);
  }
  return { groups, kinds, terms: Array.from(weights, ([term, weight]) => ({ term, weight })) };
}

function without(text: string, spans: readonly Span[]): string {
  return spans
    .reduceRight((rest, { start, end }) => `${rest.slice(0, start)} ${rest.slice(end)}`, text)
    .trim();
}

interface Vote extends DateInterval {
  readonly articleId: string;
  readonly weight: number;
}

function votesOf({ passage, article, text }: StoredPassage, event: SoughtEvent, relevance: number): Vote[] {
  const title = new Set(searchTerms([article.title, ...passage.headingPath].join('\n'), article.language));
  return passage.sentences.flatMap(({ start, end, heading }) => {
    const sentence = text.slice(start - passage.start, end - passage.start);
    if (heading || !/\d{4}/u.test(sentence)) return [];
    return findToldDates(sentence, article.language, title, event).map((date) => ({
      from: date.from,
      to: date.to,
      articleId: article.id,
      weight: date.weight * relevance,
    }));
  });
}

/** The date with the most weight, each article counted once; narrow dates also get what wider ones around them give. */
function elect(votes: readonly Vote[]): DateInterval | undefined {
  const ranked = votes
    .map((vote) => {
      const byArticle = new Map<string, number>();
      for (const other of votes.filter((one) => intervalsOverlap(one, vote))) {
        byArticle.set(other.articleId, Math.max(byArticle.get(other.articleId) ?? 0, other.weight));
      }
      const weight = Array.from(byArticle.values()).reduce((sum, one) => sum + one, 0);
      return { from: vote.from, to: vote.to, weight };
    })
    .toSorted((a, b) => b.weight - a.weight || spanLength(a) - spanLength(b) || (a.from < b.from ? -1 : 1));
  const [first] = ranked;
  if (!first) return undefined;
  const rival = ranked.find(
    (one) =>
      !intervalsOverlap(one, first) && Math.abs(dayNumber(one.from) - dayNumber(first.from)) > sameEvent,
  );
  if (rival && rival.weight >= first.weight * rivalShare) return undefined;
  return { from: first.from, to: first.to };
}

/** When the best article was published whose title names the whole event; a single common word names none. */
function publication(
  stored: readonly StoredPassage[],
  groups: readonly TermGroup[],
): DateInterval | undefined {
  const words = groups.filter(({ source }) => !source.includes(' '));
  if (words.length < 2 && !groups.some(({ essential }) => essential)) return undefined;
  const date = stored.find(({ article }) => {
    const terms = new Set(searchTerms(article.title, article.language));
    return groups.every(({ alternatives }) =>
      alternatives.some((alternative) => alternative.every((term) => terms.has(term))),
    );
  })?.article.publishedAt;
  return date === undefined ? undefined : { from: date, to: date };
}
