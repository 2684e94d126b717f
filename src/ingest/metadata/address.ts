import { urlDate } from './dates.ts';
import { fromFindings, type KnownMetadata } from './found-metadata.ts';
import { hostName, httpUrl } from './urls.ts';

/** Fewest letters of a file name that says something. */
const fewestLetters = 8;

/**
 * What the address of a page says of it: the address itself, the date in it, and the name of its host.
 *
 * @param sourceUrl - the address that is known already. @param fetched - the one that the page was fetched from.
 */
export function addressMetadata(sourceUrl: string | undefined, fetched: string | undefined): KnownMetadata {
  const url = sourceUrl ?? httpUrl(fetched ?? '');
  if (url === undefined) return { found: {} };
  const date = urlDate(url);
  return fromFindings({
    sourceUrl: { value: url, by: 'address' },
    publishedAt: date === undefined ? undefined : { value: date, by: 'address' },
    publisher: { value: hostName(url), by: 'address' },
  });
}

/** A title made of the name of a printed document's file; other files hold their title or begin with it. */
export function fileNameTitle(file: string): string | undefined {
  const [, stem = ''] = /([^/]+)\.(?:pdf|docx|epub)$/iu.exec(file) ?? [];
  const name = stem
    .replace(/[\s_.-]+/gu, ' ')
    .replace(/(?<![\p{L}\d])\d{4} ?\d{2} ?\d{2}(?![\p{L}\d])/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  const parts = name.match(/\p{L}{2,}/gu) ?? [];
  if (parts.length < 2 || parts.join('').length < fewestLetters) return undefined;
  return name.charAt(0).toUpperCase() + name.slice(1);
}
