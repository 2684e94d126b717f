import type { Filters } from '../../domain/filters.ts';
import type { Language } from '../../domain/language.ts';
import type { PassageIndex } from '../../domain/ports.ts';
import type { Glossary } from '../glossary.ts';
import type { MeasuredEvidence } from '../rerank.ts';
import { spanLength } from './calendar.ts';
import { findEventDate } from './event-date.ts';
import { asFilters } from './publication.ts';
import { timeFactor, timePool } from './time-score.ts';
import { type TimeIntent, understandTime } from './understand-time.ts';

/** What a question says about time, and when it was asked. */
export interface TimeSearch {
  readonly intent: TimeIntent;
  readonly now: Date;
}

/** Longest time that says when an event was, in days; a longer one ("Techfest 2022") only belongs to its name. */
const longestEventDate = 31;

/** Reads what `question` says about time. The date of an event that it names is looked up in the articles. */
export async function timeSearch(options: {
  readonly index: PassageIndex;
  readonly question: string;
  readonly language: Language;
  readonly now: Date;
  readonly glossary: Glossary;
  readonly signal?: AbortSignal;
}): Promise<TimeSearch> {
  const { now } = options;
  const intent = understandTime(options);
  const { event, mentioned } = intent;
  if (event === undefined || (mentioned && spanLength(mentioned) <= longestEventDate)) return { intent, now };
  const found = await findEventDate({ ...options, event, ...(mentioned && { within: mentioned }) });
  return { intent: widened(found ? { ...intent, mentioned: found, inferred: true } : intent), now };
}

/** "Before Techfest 2022" is before some day of 2022, and not before the year. */
function widened(intent: TimeIntent): TimeIntent {
  if (!intent.mentioned || spanLength(intent.mentioned) <= longestEventDate) return intent;
  const relation = { before: 'until', after: 'since' } as const;
  return intent.relation === 'before' || intent.relation === 'after'
    ? { ...intent, relation: relation[intent.relation] }
    : intent;
}

/** The caller's filters narrowed by the publication dates that the question demands. */
export function withTimeFilters(filters: Filters | undefined, intent: TimeIntent): Filters {
  const { publishedFrom, publishedTo } = asFilters(intent);
  const from = [filters?.publishedFrom, publishedFrom]
    .filter((date) => date !== undefined)
    .toSorted()
    .at(-1);
  const to = [filters?.publishedTo, publishedTo].filter((date) => date !== undefined).toSorted()[0];
  return {
    ...filters,
    ...(from !== undefined && { publishedFrom: from }),
    ...(to !== undefined && { publishedTo: to }),
  };
}

/** Whether time changes the order of what is found. */
export function saysWhen({ intent }: TimeSearch): boolean {
  return intent.recency !== 'none' || intent.mentioned !== undefined;
}

/** Reorders evidence by how well it fits the time; scores stay within 0–1. */
export function reorderByTime(evidence: readonly MeasuredEvidence[], time: TimeSearch): MeasuredEvidence[] {
  if (!saysWhen(time)) return [...evidence];
  const pool = timePool(evidence.map(({ article }) => article.publishedAt));
  return evidence
    .map((item) => ({ ...item, score: Math.min(1, item.score * factorOf(item, item.text, time, pool)) }))
    .toSorted((a, b) => b.score - a.score);
}

/** The time factor of a text of an article, 0.5–1.5, see {@link timeFactor}. */
export function factorOf(
  { article }: Pick<MeasuredEvidence, 'article'>,
  text: string,
  { intent, now }: TimeSearch,
  pool: readonly string[],
): number {
  return timeFactor({
    intent,
    ...(article.publishedAt !== undefined && { publishedAt: article.publishedAt }),
    text: `${article.title}\n${text}`,
    language: article.language,
    pool,
    now,
  });
}
