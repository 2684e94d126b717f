/** `date` (`YYYY-MM-DD`) as it is written in `locale`; as it stands where it is no date. */
export function dateIn(locale: string, date: string): string {
  const parsed = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime())) return date;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(parsed);
}
