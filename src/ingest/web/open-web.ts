import { pause } from '../pause.ts';
import type { ResolveName } from './net/guarded-connector.ts';
import { createPoliteFetch } from './net/polite-fetch.ts';
import { createPoliteHosts, type Sleep } from './net/polite-hosts.ts';
import { createRobots } from './net/robots.ts';
import { createSafeFetch } from './net/safe-fetch.ts';
import type { SourceState } from './sources/source-state.ts';
import type { PageStore } from './store/page-store.ts';
import { createWebSources, type WebSources } from './web-sources.ts';

/** The web as a source, with what has to be closed in the end. */
export interface Web extends WebSources {
  /** Finishes what a crash interrupted while a page was being kept. To be called before an ingest. */
  recover(): Promise<void>;
  close(): Promise<void>;
}

/** Settings of {@link openWeb}; see `Config.fetch` and `Config.follow`. */
export interface WebOptions {
  /** Where pages are kept, and when sources were looked at. */
  readonly store: PageStore;
  readonly state: SourceState;
  readonly allowedHosts: readonly string[];
  readonly delayMs: number;
  readonly timeoutMs: number;
  readonly userAgent: string;
  /** Largest page, in bytes. */
  readonly maxBytes: number;
  /** Between two looks at a source that names no interval, in milliseconds. */
  readonly everyMs: number;
  /** Whether the page with this address is to stay away. */
  readonly isWithdrawn: (url: string) => boolean;
  readonly now?: () => number;
  readonly sleep?: Sleep;
  readonly resolve?: ResolveName;
}

/** Puts the parts together. Nothing is asked for, and no file is touched, before the first call. @throws FootnoteError `configuration` */
export function openWeb(options: WebOptions): Web {
  const { store, userAgent, now = Date.now, sleep = pause } = options;
  const web = createSafeFetch(options);
  const hosts = createPoliteHosts({ delayMs: options.delayMs, now, sleep });
  const robots = createRobots({ web, hosts, userAgent, now });
  const fetch = createPoliteFetch({ web, hosts, robots });
  const sources = createWebSources({ ...options, fetch, now });
  return { ...sources, recover: () => store.recover(), close: () => web.close() };
}
