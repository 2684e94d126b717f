import { FootnoteError, messageWithRemedy } from '../../domain/errors.ts';
import type { GivenMetadata, Sidecar } from '../added/sidecar.ts';
import { canonicalAddress, canonicalLink, plainAddress } from './documents/canonical-address.ts';
import { decodeDocument } from './documents/decode-document.ts';
import type { ListedPage } from './documents/entry.ts';
import { reasonNotToKeep } from './documents/index-permission.ts';
import { pageExtension } from './documents/page-extension.ts';
import { hasText, readPageMarks } from './documents/page-marks.ts';
import type { PageOutcome } from './fetch-report.ts';
import { parseContentType } from './net/content-type.ts';
import type { PoliteFetch } from './net/polite-fetch.ts';
import { retryAfterMs } from './net/polite-hosts.ts';
import type { WebResponse } from './net/safe-fetch.ts';
import type { PageStore, StoredPage } from './store/page-store.ts';

/** A page to be looked at, with what is said of it. */
export interface PageToVisit extends ListedPage {
  readonly given?: GivenMetadata | undefined;
}

/** Looks at single pages. */
export interface PageVisitor {
  /** Never rejects because of the page; @throws the signal's reason, and FootnoteError `unavailable` when nothing can be kept. */
  visit(page: PageToVisit, signal?: AbortSignal): Promise<PageOutcome>;
  /** Asks for the address, on condition that it has changed where it is known. @throws as PoliteFetch does */
  ask(
    url: string,
    signal?: AbortSignal,
  ): Promise<{ readonly response: WebResponse; readonly known: StoredPage | undefined }>;
  /** Keeps what was answered, if it is a page. */
  keep(page: PageToVisit, response: WebResponse, known: StoredPage | undefined): Promise<PageOutcome>;
}

/** Settings of {@link createPageVisitor}. */
export interface PageVisitorOptions {
  readonly fetch: PoliteFetch;
  readonly store: PageStore;
  /** Whether the page with this address is to stay away. */
  readonly isWithdrawn: (url: string) => boolean;
  readonly userAgent: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Fetches pages and keeps them, as far as they allow it. */
export function createPageVisitor(options: PageVisitorOptions): PageVisitor {
  const { fetch, store, isWithdrawn, userAgent, now } = options;
  const robotName = (userAgent.split('/', 1)[0] ?? '').trim().toLowerCase();

  async function ask(url: string, signal: AbortSignal | undefined) {
    const known = await store.find(url);
    return { response: await fetch(url, { signal, headers: conditions(known) }), known };
  }

  async function visit(page: PageToVisit, signal: AbortSignal | undefined): Promise<PageOutcome> {
    signal?.throwIfAborted();
    if (isWithdrawn(page.url) || isWithdrawn(plainAddress(page.url))) return withdrawn(page.url);
    const before = await store.find(page.url);
    if (before && isCurrent(before, page)) return outcome('unchanged', before, page.url);
    let asked;
    try {
      asked = await ask(page.url, signal);
    } catch (error) {
      signal?.throwIfAborted();
      return failed(page.url, reasonOf(error));
    }
    return keep(page, asked.response, asked.known);
  }

  async function keep(
    page: PageToVisit,
    response: WebResponse,
    known: StoredPage | undefined,
  ): Promise<PageOutcome> {
    const { url } = page;
    const { status } = response;
    if (status === 304 && known) {
      await store.looked(known, looked(known.sidecar, now(), page.given));
      return outcome('unchanged', known, url);
    }
    if (known && (status === 404 || status === 410)) return outcome('gone', known, url);
    if (status !== 200) return failed(url, problemOf(response, now()));
    const type = response.header('content-type');
    const extension = pageExtension(response.body, type, response.url);
    if (response.body.length === 0) return failed(url, 'The answer is empty.');
    if (extension === undefined)
      return failed(url, `What is there is no article (${type?.slice(0, 100) ?? 'no type given'}).`);

    const { charset } = parseContentType(type);
    const isHtml = extension === '.html' || extension === '.xhtml';
    const html = isHtml ? decodeDocument(response.body, charset) : '';
    const marks = isHtml ? readPageMarks(html, robotName) : { robots: [] };
    const refusal = reasonNotToKeep(
      { header: response.header('x-robots-tag'), meta: marks.robots },
      robotName,
    );
    if (refusal !== undefined) return skipped(url, `The page is not kept: ${refusal}.`);
    if (isHtml && !hasText(html)) return failed(url, 'The page shows no text without running its scripts.');

    const address = canonicalAddress(response.url, [canonicalLink(response.header('link')), marks.canonical]);
    if (isWithdrawn(address) || isWithdrawn(response.url)) return withdrawn(url);
    const sidecar = sidecarOf({
      page,
      response,
      address,
      charset,
      known: known ?? (await store.find(address)),
      at: now(),
    });
    const { file, changed } = await store.put({ address, bytes: response.body, extension, sidecar });
    return { kind: changed ? 'stored' : 'unchanged', page: { file, address } };
  }

  return { visit, ask, keep };
}

/** Whether the list that names the page says that it has not changed since it was fetched. */
function isCurrent({ sidecar: { fetched } }: StoredPage, { changedAt }: PageToVisit): boolean {
  return fetched !== undefined && changedAt !== undefined && changedAt <= Date.parse(fetched.at);
}

function conditions(known: StoredPage | undefined): Record<string, string> {
  const { etag, lastModified } = known?.sidecar.fetched ?? {};
  return {
    ...(etag !== undefined && { 'if-none-match': etag }),
    ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
  };
}

/** What of the validators fits a sidecar, and can be sent back in a header. */
export function validators(response: WebResponse): { etag?: string; lastModified?: string } {
  const etag = response.header('etag');
  const lastModified = response.header('last-modified');
  return {
    ...(etag !== undefined && etag.length <= 1_000 && /^[\u0020-\u007e]+$/u.test(etag) && { etag }),
    ...(lastModified !== undefined && /^[\u0020-\u007e]{1,100}$/u.test(lastModified) && { lastModified }),
  };
}

function sidecarOf(about: {
  readonly page: PageToVisit;
  readonly response: WebResponse;
  readonly address: string;
  readonly charset: string | undefined;
  readonly known: StoredPage | undefined;
  readonly at: number;
}): Sidecar {
  const { page, response, address, charset, known, at } = about;
  const given = { ...known?.sidecar.given, ...page.given };
  // A page that was found by a feed and is then asked for by itself goes on having what the feed said.
  const feed = { ...known?.sidecar.feed, ...page.feed };
  return {
    ...(Object.keys(given).length > 0 && { given }),
    ...(Object.keys(feed).length > 0 && { feed }),
    fetched: {
      url: page.url,
      finalUrl: address,
      at: new Date(at).toISOString(),
      ...(charset !== undefined && { charset }),
      ...validators(response),
    },
  };
}

function looked(sidecar: Sidecar, at: number, given: GivenMetadata | undefined): Sidecar {
  const { fetched } = sidecar;
  return {
    ...sidecar,
    ...(given && { given: { ...sidecar.given, ...given } }),
    ...(fetched && { fetched: { ...fetched, at: new Date(at).toISOString() } }),
  };
}

/** Why an answer that is no page is none. */
export function problemOf(response: WebResponse, now: number): string {
  const wait = retryAfterMs(response, now);
  const later =
    wait === undefined ? '' : `, and asks to be left alone for ${Math.ceil(wait / 1_000)} seconds`;
  return `${response.url} answered ${response.status}${later}.`;
}

/** What happened, with what mends it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof FootnoteError)) throw error;
  return messageWithRemedy(error);
}

function outcome(kind: 'unchanged' | 'gone', { file, sidecar }: StoredPage, url: string): PageOutcome {
  return { kind, page: { file, address: sidecar.fetched?.finalUrl ?? plainAddress(url) } };
}

function withdrawn(url: string): PageOutcome {
  return skipped(url, 'The page is withdrawn. Restore it to have it fetched again.');
}

function skipped(url: string, reason: string): PageOutcome {
  return { kind: 'skipped', note: { file: url, reason } };
}

function failed(url: string, reason: string): PageOutcome {
  return { kind: 'failed', note: { file: url, reason } };
}
