import type { Language } from '../../domain/language.ts';
import { type DateInterval, findDates, intervalsOverlap } from '../../domain/text/dates.ts';
import { dayNumber, isoDay } from './calendar.ts';
import type { TimeIntent } from './understand-time.ts';

/** Bounds of {@link timeFactor}; 1 is neutral. */
export const timeFactorRange = { lowest: 0.5, highest: 1.5 } as const;

/** The numbers that {@link timeFactor} is made of. */
const settings = {
  /** Half the distance between the newest and the oldest article of the pool. */
  recency: 0.2,
  /** The text names the asked time; the article was published then. */
  textMatch: 0.3,
  publishedMatch: 0.15,
  /** Nothing of a dated article speaks for the asked time. */
  unmatched: 0.95,
  /** An article from before the asked time that does not name it cannot know. */
  tooEarly: 0.9,
  /** An article from after the time at which knowledge ends, with and without an older date in its text. */
  tooLate: 0.65,
  tooLateButDated: 0.9,
  /** Days after which the weight of an article falls to 1/e where the newest one up to a date is wanted. */
  freshness: 365,
  /** Share of its effect that a date keeps that the articles, and not the question, give. */
  inferred: 0.7,
} as const;

/** A text to be judged against a question's times. */
export interface TimeFactorInput {
  readonly intent: TimeIntent;
  /** `YYYY-MM-DD` of the text's article, where known. */
  readonly publishedAt?: string;
  readonly text: string;
  readonly language: Language;
  /** Publication dates of all articles in the pool, in any order, see {@link timePool}. */
  readonly pool: TimePool;
  readonly now: Date;
}

/** The publication dates of a pool, oldest first, each once. */
export type TimePool = readonly string[];

/** The pool of {@link timeFactor} from the dates of its articles; those without one are left out. */
export function timePool(dates: readonly (string | undefined)[]): TimePool {
  return Array.from(new Set(dates.filter((date) => date !== undefined))).toSorted();
}

/**
 * How well a text fits what a question says about time: a factor for its relevance, 0.5–1.5, 1 when the question
 * says nothing or nothing is known of the text's time.
 *
 * Dates in the text count more than the date of publication, because an article of 2025 may tell what happened in
 * 2023. Where the newest (or oldest) state is wanted, the factor runs smoothly over the pool, half by date and
 * half by rank, so that one very old article does not make all the others equal.
 */
export function timeFactor(input: TimeFactorInput): number {
  const { intent } = input;
  const byTime = intent.mentioned ? mentionFactor(input, intent.mentioned) : 1;
  const factor = recencyFactor(input) * (intent.inferred ? 1 + settings.inferred * (byTime - 1) : byTime);
  return Math.min(timeFactorRange.highest, Math.max(timeFactorRange.lowest, factor));
}

function recencyFactor({ intent, publishedAt, pool }: TimeFactorInput): number {
  if (intent.recency === 'none' || publishedAt === undefined) return 1;
  const place = placeInPool(publishedAt, pool);
  return 1 + settings.recency * (intent.recency === 'latest' ? 2 * place - 1 : 1 - 2 * place);
}

/** 0 for the oldest article of the pool, 1 for the newest, 0.5 where all are equal. */
function placeInPool(date: string, pool: TimePool): number {
  const [oldest = date] = pool;
  const newest = pool.at(-1) ?? date;
  if (oldest >= newest) return 0.5;
  const byDate = (dayNumber(date) - dayNumber(oldest)) / (dayNumber(newest) - dayNumber(oldest));
  const byRank = pool.filter((other) => other < date).length / (pool.length - 1);
  return Math.min(1, Math.max(0, (byDate + byRank) / 2));
}

function mentionFactor(input: TimeFactorInput, asked: DateInterval): number {
  const { intent, publishedAt, text, language, now } = input;
  const times = findDates(text, language);
  const today = isoDay(now);
  switch (intent.relation ?? 'in') {
    case 'before':
      return beforeFactor(times, publishedAt, asked.from);
    case 'asOf':
    case 'until':
      if (asked.to > today) return 1 + settings.textMatch * closeness(times, asked);
      return asOfFactor(times, publishedAt, asked);
    case 'after':
      return sinceFactor(times, publishedAt, (date) => date > asked.to);
    case 'since':
      return sinceFactor(times, publishedAt, (date) => date >= asked.from);
    case 'in':
      return inFactor(times, publishedAt, asked, today);
  }
}

function inFactor(
  times: readonly DateInterval[],
  publishedAt: string | undefined,
  asked: DateInterval,
  today: string,
): number {
  const inText = closeness(times, asked);
  const published = publishedAt !== undefined && asked.from <= publishedAt && publishedAt <= asked.to;
  if (inText > 0 || published) {
    return 1 + settings.textMatch * inText + (published ? settings.publishedMatch : 0);
  }
  if (publishedAt === undefined || asked.from > today) return 1;
  return publishedAt < asked.from ? settings.tooEarly : settings.unmatched;
}

/** What was known at the end of `asked`: the newest article up to then, or a later one that names that time. */
function asOfFactor(
  times: readonly DateInterval[],
  publishedAt: string | undefined,
  asked: DateInterval,
): number {
  const named = settings.textMatch * closeness(times, asked);
  if (publishedAt === undefined || publishedAt > asked.to) {
    if (named > 0 || publishedAt === undefined) return 1 + named;
    return times.some(({ to }) => to <= asked.to) ? settings.tooLateButDated : settings.tooLate;
  }
  const age = dayNumber(asked.to) - dayNumber(publishedAt);
  return 1 + named + settings.publishedMatch * Math.exp(-age / settings.freshness);
}

function beforeFactor(
  times: readonly DateInterval[],
  publishedAt: string | undefined,
  bound: string,
): number {
  const inText = times.some(({ to }) => to < bound);
  if (publishedAt === undefined) return inText ? 1 + settings.publishedMatch : 1;
  if (publishedAt >= bound) return inText ? 1 : settings.tooLate;
  return 1 + settings.publishedMatch + (inText ? settings.publishedMatch : 0);
}

function sinceFactor(
  times: readonly DateInterval[],
  publishedAt: string | undefined,
  fits: (date: string) => boolean,
): number {
  const inText = times.some(({ to }) => fits(to));
  if (publishedAt === undefined) return inText ? 1 + settings.textMatch : 1;
  if (!fits(publishedAt)) return inText ? 1 + settings.publishedMatch : settings.tooEarly;
  return 1 + settings.publishedMatch + (inText ? settings.publishedMatch : 0);
}

/** How well the best of `times` names `asked`: 1 inside it, ½ where it is wider or only touches it, else 0. */
function closeness(times: readonly DateInterval[], asked: DateInterval): number {
  const touching = times.filter((time) => intervalsOverlap(time, asked));
  if (touching.some((time) => asked.from <= time.from && time.to <= asked.to)) return 1;
  return touching.length > 0 ? 0.5 : 0;
}
