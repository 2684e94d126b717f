import type { Language } from '../../domain/language.ts';
import type { Span } from '../../domain/span.ts';
import { type DateInterval, findDates } from '../../domain/text/dates.ts';
import { constrainsPublication } from './publication.ts';
import { findRecency, type Recency } from './recency.ts';
import { findEvent, relationBefore, type TimeRelation } from './relation.ts';
import { findRelativePeriods } from './relative-periods.ts';

export type { Recency } from './recency.ts';
export type { TimeRelation } from './relation.ts';

/** What a question says about time. */
export interface TimeIntent {
  readonly recency: Recency;
  /** The time that the question names, in dates or relative to now; several are joined to one stretch. */
  readonly mentioned?: DateInterval;
  /** How what is asked for lies to `mentioned` or to `event`; absent when there is neither. */
  readonly relation?: TimeRelation;
  /** An event in the question's words to which `relation` applies: "before the resolution". */
  readonly event?: string;
  /** True when `mentioned` is the date of `event` that was found in the articles: it moves, and never excludes. */
  readonly inferred?: true;
  /** True when the question asks for articles published at that time, and not for what happened then. */
  readonly ofPublication?: true;
}

/** Characters of a question that are read; what is said about time stands in far fewer. */
const longestQuestion = 4000;

/**
 * Reads what `question` says about time, in English and in Vietnamese with or without diacritics.
 *
 * @param options.now - what "today" and "last year" are relative to, as a UTC calendar date.
 */
export function understandTime(options: {
  readonly question: string;
  readonly language: Language;
  readonly now: Date;
}): TimeIntent {
  const { language, now } = options;
  const question = options.question.slice(0, longestQuestion).normalize('NFC').replace(/\s+/gu, ' ');
  const recency = findRecency(question, language);
  const event = findEvent(question, language);
  const times: (Span & DateInterval)[] = [
    ...findDates(question, language),
    ...findRelativePeriods(question, language, now),
  ].toSorted((a, b) => a.start - b.start);

  if (times.length === 0) {
    return { recency, ...(event && { relation: event.relation, event: event.event }) };
  }
  // "before Resolution 57 of 22 December 2024": the date tells when the event was.
  const dated = event && times.find((time) => time.start >= event.start && time.end <= event.end);
  if (dated && event && relationBefore(question, dated, language) === 'in') {
    return { recency, mentioned: joined([dated]), relation: event.relation, event: event.event };
  }
  const related = times.map((time) => ({
    ...time,
    relation: relationBefore(question, time, language),
    ofPublication: constrainsPublication(question, time, language),
  }));
  // Of several times the one with a word of its own is meant; the others mostly belong to names ("Techfest 2022").
  const chosen =
    related.find(({ ofPublication }) => ofPublication) ?? related.find(({ relation }) => relation !== 'in');
  return {
    recency,
    mentioned: joined(chosen ? [chosen] : related),
    relation: chosen?.relation ?? 'in',
    ...(chosen?.ofPublication && { ofPublication: true as const }),
  };
}

function joined(times: readonly DateInterval[]): DateInterval {
  const from = times.map((time) => time.from).toSorted()[0] ?? '';
  const to =
    times
      .map((time) => time.to)
      .toSorted()
      .at(-1) ?? '';
  return { from, to };
}
