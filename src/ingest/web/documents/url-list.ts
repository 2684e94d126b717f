import { httpUrl } from '../../metadata/urls.ts';
import { type ListedPage } from './entry.ts';

/** A list of addresses: one a line; empty lines and lines that begin with `#` say nothing. */
export interface UrlList {
  readonly pages: readonly ListedPage[];
  /** Lines that are no addresses, shortened. */
  readonly rest: readonly string[];
}

/** Reads a text with one address a line. */
export function readUrlList(text: string): UrlList {
  const pages: ListedPage[] = [];
  const rest: string[] = [];
  for (const line of text.split(/\r\n|\r|\n/u)) {
    const said = line.trim();
    if (said === '' || said.startsWith('#')) continue;
    const url = httpUrl(said);
    if (url === undefined || /\s/u.test(said)) rest.push(said.slice(0, 100));
    else pages.push({ url });
  }
  return { pages, rest };
}
