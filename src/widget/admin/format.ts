import type { Language } from '../../protocol/ingest.ts';

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes in words, in steps of a thousand. */
export function bytesText(bytes: number, language: Language): string {
  const step = bytes < 1_000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** step;
  return `${numberText(value, language, value < 10 && step > 0 ? 1 : 0)} ${units[step]}`;
}

export function numberText(value: number, language: Language, digits = 0): string {
  return new Intl.NumberFormat(locale(language), { maximumFractionDigits: digits }).format(value);
}

/** A `YYYY-MM-DD` date in words. */
export function dateText(date: string, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), { dateStyle: 'long', timeZone: 'UTC' }).format(
    Date.parse(date),
  );
}

/** An ISO 8601 instant in words, by the clock of who reads it. */
export function instantText(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), { dateStyle: 'medium', timeStyle: 'short' }).format(
    Date.parse(instant),
  );
}

function locale(language: Language): string {
  return language === 'en' ? 'en-GB' : 'vi';
}
