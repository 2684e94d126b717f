import { FootnoteError } from '../../domain/errors.ts';
import type { WebSourceKind } from '../../domain/ingest-admin.ts';
import type { IngestProgress } from '../../domain/ingest-job.ts';
import type { GivenMetadata } from '../added/sidecar.ts';
import { plainAddress } from './documents/canonical-address.ts';
import { unpacked } from './documents/decode-document.ts';
import { documentKind } from './documents/document-kind.ts';
import { eachOf } from './each-of.ts';
import { type FetchReport, type PageOutcome, reportOf } from './fetch-report.ts';
import { type ListingKind, listingBytes, readListing } from './listing.ts';
import type { PoliteFetch } from './net/polite-fetch.ts';
import type { WebResponse } from './net/safe-fetch.ts';
import { createPageVisitor, problemOf, reasonOf, validators } from './page-visitor.ts';
import type { Selection } from './sources/pattern.ts';
import type { SourceLook, SourceState } from './sources/source-state.ts';
import { sourceKey, type WebSource } from './sources/web-source.ts';
import type { PageStore } from './store/page-store.ts';

/** An address to be added. */
export interface WebAddition extends Selection {
  readonly url: string;
  readonly kind: WebSourceKind;
  /** Of a page; of more than one page, only the publisher and the language count. */
  readonly given?: GivenMetadata | undefined;
  /** Most pages, the newest first. */
  readonly limit?: number | undefined;
}

/** How a look at the web is followed. */
export interface WebRun {
  readonly signal?: AbortSignal | undefined;
  /** Phase `fetching`; the total grows as lists are read. */
  readonly onProgress?: ((progress: IngestProgress) => void) | undefined;
}

/** Articles from the web, kept as files that an ingest then reads. */
export interface WebSources {
  /**
   * Fetches a page, or the pages that a feed, sitemap or list names, and keeps them.
   *
   * What fails is in the report. @throws the signal's reason; what was kept until then stays.
   */
  add(addition: WebAddition, run?: WebRun): Promise<FetchReport>;
  /** Looks at the sources that are due. @throws the signal's reason; FootnoteError `unavailable` when that cannot be noted. */
  refresh(sources: readonly WebSource[], run?: WebRun): Promise<FetchReport>;
  /** When the first of the sources is due, in milliseconds since 1970; `undefined` when there are none. */
  nextLook(sources: readonly WebSource[]): Promise<number | undefined>;
}

/** Settings of {@link createWebSources}. */
export interface WebSourcesOptions {
  readonly fetch: PoliteFetch;
  readonly store: PageStore;
  readonly state: SourceState;
  /** Whether the page with this address is to stay away. */
  readonly isWithdrawn: (url: string) => boolean;
  readonly userAgent: string;
  /** Between two looks at a source that names no interval, in milliseconds. */
  readonly everyMs: number;
  readonly now?: () => number;
}

/** Pages that are fetched at the same time, each from a host of its own. */
const concurrency = 4;

/** What of an earlier look makes the next one cheaper, and what was found. */
interface Look {
  readonly outcomes: readonly PageOutcome[];
  readonly validators?: Pick<SourceLook, 'etag' | 'lastModified'>;
}

/** Brings what is on the web into the folder of added files. */
export function createWebSources(options: WebSourcesOptions): WebSources {
  const { fetch, state, now = Date.now, everyMs } = options;
  const visitor = createPageVisitor({ ...options, now });

  /** Fetches the pages of a listing. */
  async function readPages(
    kind: ListingKind,
    response: WebResponse,
    wanted: WebAddition,
    run: Progress,
  ): Promise<Look> {
    const { signal } = run;
    const { include, exclude, limit } = wanted;
    const listing = await readListing(kind, response, { fetch, signal, include, exclude, limit, now });
    const given = forPages(wanted.given);
    run.expect(listing.pages.length);
    const visited = await eachOf(listing.pages, concurrency, async (page) => {
      const outcome = await visitor.visit({ ...page, given }, signal);
      run.step();
      return outcome;
    });
    const failed = listing.failed.map((note) => ({ kind: 'failed', note }) as const);
    const skipped = listing.skipped.map((note) => ({ kind: 'skipped', note }) as const);
    const outcomes = [...visited, ...failed, ...skipped];
    // What failed is to be tried again although the list itself may not change.
    const isWhole = outcomes.every((outcome) => outcome.kind !== 'failed');
    return { outcomes, ...(isWhole && { validators: validators(response) }) };
  }

  async function lookAtPage(wanted: WebAddition, run: Progress): Promise<Look> {
    const { url, given } = wanted;
    const page = { url, given };
    const isWithdrawn =
      options.isWithdrawn(url) || (URL.canParse(url) && options.isWithdrawn(plainAddress(url)));
    if (wanted.kind === 'page' || isWithdrawn) return { outcomes: [await visitor.visit(page, run.signal)] };
    const { response, known } = await visitor.ask(url, run.signal);
    if (response.status !== 200) return { outcomes: [await visitor.keep(page, response, known)] };
    const bytes = await unpacked(response.body, listingBytes('sitemap'), url);
    const kind = documentKind(bytes, response.header('content-type'));
    if (kind === 'page') return { outcomes: [await visitor.keep(page, response, known)] };
    return readPages(kind, { ...response, body: bytes }, wanted, run);
  }

  async function lookAtListing(
    kind: ListingKind,
    wanted: WebAddition,
    before: SourceLook | undefined,
    run: Progress,
  ): Promise<Look> {
    const headers = {
      ...(before?.etag !== undefined && { 'if-none-match': before.etag }),
      ...(before?.lastModified !== undefined && { 'if-modified-since': before.lastModified }),
    };
    const response = await fetch(wanted.url, { signal: run.signal, headers, maxBytes: listingBytes(kind) });
    if (response.status === 304 && before) return { outcomes: [], validators: before };
    if (response.status !== 200) {
      return {
        outcomes: [{ kind: 'failed', note: { file: wanted.url, reason: problemOf(response, now()) } }],
      };
    }
    return readPages(kind, response, wanted, run);
  }

  /** Looks at an address; what is wrong with it is an outcome. */
  async function look(wanted: WebAddition, before: SourceLook | undefined, run: Progress): Promise<Look> {
    const { kind, url } = wanted;
    run.expect(1);
    try {
      if (!/^https?:\/\//iu.test(url) || !URL.canParse(url)) {
        throw new FootnoteError(
          'invalid-request',
          'This is no address that begins with http:// or https://.',
        );
      }
      if (kind === 'auto' || kind === 'page') return await lookAtPage(wanted, run);
      return await lookAtListing(kind, wanted, before, run);
    } catch (error) {
      run.signal?.throwIfAborted();
      return { outcomes: [{ kind: 'failed', note: { file: url, reason: reasonOf(error) } }] };
    } finally {
      run.step();
    }
  }

  async function dueAt(source: WebSource): Promise<number> {
    const before = await state.get(sourceKey(source));
    // A look in the future was noted while the clock was wrong.
    return before && before.at <= now() ? before.at + (source.everyMs ?? everyMs) : 0;
  }

  return {
    async add(addition, run = {}) {
      return reportOf((await look(addition, undefined, createProgress(run))).outcomes);
    },
    async refresh(sources, run = {}) {
      const progress = createProgress(run);
      const outcomes: PageOutcome[] = [];
      for (const source of sources) {
        run.signal?.throwIfAborted();
        if ((await dueAt(source)) > now()) continue;
        const key = sourceKey(source);
        const found = await look(source, await state.get(key), progress);
        outcomes.push(...found.outcomes);
        const { etag, lastModified } = found.validators ?? {};
        await state.set(key, {
          at: now(),
          ...(etag !== undefined && { etag }),
          ...(lastModified !== undefined && { lastModified }),
        });
      }
      return reportOf(outcomes);
    },
    async nextLook(sources) {
      const times = await Promise.all(sources.map(dueAt));
      return times.length === 0 ? undefined : Math.min(...times);
    },
  };
}

/** What may be said of many pages at once: one title or id cannot be theirs. */
function forPages(given: GivenMetadata | undefined): GivenMetadata | undefined {
  const { publisher, language } = given ?? {};
  if (publisher === undefined && language === undefined) return undefined;
  return { ...(publisher !== undefined && { publisher }), ...(language !== undefined && { language }) };
}

interface Progress {
  readonly signal: AbortSignal | undefined;
  expect(pages: number): void;
  step(): void;
}

function createProgress({ signal, onProgress }: WebRun): Progress {
  let done = 0;
  let total = 0;
  const tell = () => onProgress?.({ phase: 'fetching', done, total });
  return {
    signal,
    expect(pages) {
      total += pages;
      tell();
    },
    step() {
      done += 1;
      tell();
    },
  };
}
