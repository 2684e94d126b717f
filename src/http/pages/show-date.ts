import type { Language } from '../../domain/language.ts';
import { html, type Html } from './html.ts';

/** A `YYYY-MM-DD` date, or the date of an ISO 8601 instant in UTC, in words; as it is where it is neither. */
export function dateText(date: string, language: Language): string {
  const time = Date.parse(date);
  if (Number.isNaN(time)) return date;
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'vi', {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).format(time);
}

/** An ISO 8601 instant in words, to the minute, in UTC. */
export function instantText(instant: string, language: Language): string {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) return instant;
  const clock = new Date(time).toISOString().slice(11, 16);
  return `${dateText(instant, language)}, ${clock} UTC`;
}

/** A date as a `<time>` element. */
export function showDate(date: string, language: Language): Html {
  return html`<time datetime="${date}">${dateText(date, language)}</time>`;
}
