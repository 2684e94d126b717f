import { FootnoteError } from '../../../domain/errors.ts';
import { httpUrl } from '../../metadata/urls.ts';
import { maxSitemapEntries } from '../limits.ts';
import { type ListedPage, instant } from './entry.ts';
import { localName, xmlTokens } from './xml-tokens.ts';

/** What a sitemap lists. */
export interface Sitemap {
  readonly kind: 'pages' | 'sitemaps';
  readonly entries: readonly ListedPage[];
}

/**
 * Reads a sitemap or a sitemap index (sitemaps.org protocol 0.9). Addresses that are relative or broken are left out.
 *
 * @throws FootnoteError `unreadable-article` for what is no sitemap.
 */
export function readSitemap(xml: string, url: string): Sitemap {
  const open: string[] = [];
  const entries: ListedPage[] = [];
  let kind: Sitemap['kind'] | undefined;
  let loc = '';
  let lastmod = '';
  for (const token of xmlTokens(xml)) {
    if (token.kind === 'text') {
      // Only what stands in the entry itself: `image:loc` and the like are inside of other elements.
      if (open.length !== 3) continue;
      if (open[2] === 'loc') loc += token.text;
      else if (open[2] === 'lastmod') lastmod += token.text;
    } else if (token.kind === 'open') {
      const name = localName(token.name);
      if (open.length === 0) kind = kindOf(name, url);
      open.push(name);
    } else {
      const name = open.pop();
      if (open.length !== 1 || name !== (kind === 'pages' ? 'url' : 'sitemap')) continue;
      const changedAt = lastChange(lastmod);
      const address = httpUrl(loc);
      if (address !== undefined)
        entries.push({ url: address, ...(changedAt !== undefined && { changedAt }) });
      loc = '';
      lastmod = '';
      if (entries.length >= maxSitemapEntries) break;
    }
  }
  if (kind === undefined) throw noSitemap(url);
  return { kind, entries };
}

/** A day without a time counts to its end, so that a change after a look on that day is not missed. */
function lastChange(lastmod: string): number | undefined {
  const text = lastmod.trim();
  return instant(/^\d{4}-\d{2}-\d{2}$/u.test(text) ? `${text}T23:59:59Z` : text);
}

function kindOf(root: string, url: string): Sitemap['kind'] {
  if (root === 'urlset') return 'pages';
  if (root === 'sitemapindex') return 'sitemaps';
  throw noSitemap(url);
}

function noSitemap(url: string): FootnoteError {
  return new FootnoteError('unreadable-article', `${url} is no sitemap.`, {
    remedy: 'A sitemap begins with <urlset> or <sitemapindex>.',
  });
}
