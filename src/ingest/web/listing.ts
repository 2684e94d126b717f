import type { FileNote } from '../../domain/ingest-job.ts';
import { plainAddress } from './documents/canonical-address.ts';
import { decodeDocument, unpacked } from './documents/decode-document.ts';
import type { DocumentKind } from './documents/document-kind.ts';
import { type ListedPage, newestFirst } from './documents/entry.ts';
import { readSitemap } from './documents/sitemap.ts';
import { readUrlList } from './documents/url-list.ts';
import {
  defaultEntryLimit,
  maxListingBytes,
  maxSitemapBytes,
  maxSitemapDepth,
  maxSitemapEntries,
  maxSitemaps,
} from './limits.ts';
import { parseContentType } from './net/content-type.ts';
import type { PoliteFetch } from './net/polite-fetch.ts';
import type { WebResponse } from './net/safe-fetch.ts';
import { problemOf, reasonOf } from './page-visitor.ts';
import { isSelected, type Selection } from './sources/pattern.ts';

/** What a feed, sitemap or list asks for. */
export interface Listing {
  readonly pages: readonly ListedPage[];
  readonly skipped: readonly FileNote[];
  readonly failed: readonly FileNote[];
}

/** Which kinds of documents name pages. */
export type ListingKind = Exclude<DocumentKind, 'page'>;

/** How a listing is read. */
export interface ListingOptions extends Selection {
  readonly fetch: PoliteFetch;
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Most bytes of a document of this kind. */
export function listingBytes(kind: DocumentKind): number {
  return kind === 'sitemap' ? maxSitemapBytes : maxListingBytes;
}

/**
 * The pages that a document names: those that are selected, the newest first, each once, up to the limit.
 *
 * @throws FootnoteError `unreadable-article` when it is not of its kind; the signal's reason.
 */
export async function readListing(
  kind: ListingKind,
  response: WebResponse,
  options: ListingOptions,
): Promise<Listing> {
  const { limit = defaultEntryLimit } = options;
  const all = await allPages(kind, response, options);
  const selected = all.pages.filter(({ url }) => isSelected(url, options));
  const pages = newestFirst(distinct(selected));
  const left = pages.length - limit;
  const note = {
    file: response.url,
    reason: `${left} older pages were left out: at most ${limit} are taken.`,
  };
  return { ...all, pages: pages.slice(0, limit), skipped: left > 0 ? [...all.skipped, note] : all.skipped };
}

async function allPages(kind: ListingKind, response: WebResponse, options: ListingOptions): Promise<Listing> {
  if (kind === 'sitemap') return sitemapPages(response, options);
  const bytes = await unpacked(response.body, maxListingBytes, response.url);
  const text = decodeDocument(bytes, parseContentType(response.header('content-type')).charset);
  if (kind === 'feed') {
    // Its parsers are a fifth of all modules; whoever follows no feed shall not wait for them.
    const { readFeed } = await import('./documents/feed.ts');
    return { pages: readFeed(text, response.url), skipped: [], failed: [] };
  }
  const { pages, rest } = readUrlList(text);
  const failed = rest.map((line) => ({ file: line, reason: `This line of ${response.url} is no address.` }));
  return { pages, skipped: [], failed: failed.slice(0, 100) };
}

/** Reads a sitemap and those that it names, the newest first. They may list pages of their own host only. */
async function sitemapPages(first: WebResponse, options: ListingOptions): Promise<Listing> {
  const { fetch, signal, now } = options;
  const { host } = new URL(first.url);
  const pages: ListedPage[] = [];
  const skipped: FileNote[] = [];
  const failed: FileNote[] = [];
  const seen = new Set([first.url]);
  let read = 0;

  async function walk(response: WebResponse, depth: number): Promise<void> {
    read += 1;
    const bytes = await unpacked(response.body, maxSitemapBytes, response.url);
    const xml = decodeDocument(bytes, parseContentType(response.header('content-type')).charset);
    const { kind, entries } = readSitemap(xml, response.url);
    const own = entries.filter(({ url }) => new URL(url).host === host);
    if (own.length < entries.length) {
      skipped.push({
        file: response.url,
        reason: `${entries.length - own.length} addresses of other hosts than ${host} were left out.`,
      });
    }
    if (kind === 'pages') {
      pages.push(...own.slice(0, maxSitemapEntries - pages.length));
      return;
    }
    for (const { url } of newestFirst(own)) {
      if (seen.has(url) || pages.length >= maxSitemapEntries) continue;
      seen.add(url);
      if (read >= maxSitemaps || depth >= maxSitemapDepth) {
        skipped.push({
          file: url,
          reason: `At most ${maxSitemaps} sitemaps are read, nested at most ${maxSitemapDepth} deep.`,
        });
        continue;
      }
      await follow(url, depth + 1);
    }
  }

  async function follow(url: string, depth: number): Promise<void> {
    try {
      const response = await fetch(url, { signal, maxBytes: maxSitemapBytes });
      if (response.status !== 200) failed.push({ file: url, reason: problemOf(response, now()) });
      else await walk(response, depth);
    } catch (error) {
      signal?.throwIfAborted();
      failed.push({ file: url, reason: reasonOf(error) });
    }
  }

  await walk(first, 1);
  return { pages, skipped: skipped.slice(0, 200), failed };
}

function distinct(pages: readonly ListedPage[]): readonly ListedPage[] {
  const byAddress = new Map<string, ListedPage>();
  for (const page of pages) {
    const key = plainAddress(page.url);
    if (!byAddress.has(key)) byAddress.set(key, page);
  }
  return Array.from(byAddress.values());
}
