import type { Language } from '../../domain/language.ts';
import { findDates } from '../../domain/text/dates.ts';
import { words } from '../../domain/text/words.ts';
import { isStopWord } from '../stop-words.ts';
import { findEvent, relatedTime } from './relation.ts';
import { findRelativePeriods } from './relative-periods.ts';

/** Words with a topic that a question needs once its time is taken away; with fewer, the time was what it is about. */
const leastTopic = 2;

/**
 * The question without the words that put what it asks for before or after a time or an event: "Who ran the pier
 * before the charter?" asks for who ran the pier, and an article of that time need not know the charter.
 * `undefined` where there are no such words, or where hardly anything else is asked.
 */
export function withoutTime(question: string, language: Language, now: Date): string | undefined {
  const span = findEvent(question, language) ?? findRelatedTime(question, language, now);
  if (!span) return undefined;
  const rest = `${question.slice(0, span.start)} ${question.slice(span.end)}`
    .replace(/\s+([?.!,])/gu, '$1')
    .replace(/^[\s,;:]+|\s+$/gu, '')
    .replace(/\s{2,}/gu, ' ');
  const topical = words(rest).filter(({ text }) => /\p{L}{2}/u.test(text) && !isStopWord(text, language));
  return topical.length >= leastTopic ? rest : undefined;
}

function findRelatedTime(question: string, language: Language, now: Date) {
  const times = [...findDates(question, language), ...findRelativePeriods(question, language, now)];
  for (const time of times) {
    const { relation, start } = relatedTime(question, time, language);
    if (relation !== 'in' && relation !== 'asOf') return { start, end: time.end };
  }
  return undefined;
}
