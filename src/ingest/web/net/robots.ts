import { createRequire } from 'node:module';

import { errorMessage, FootnoteError } from '../../../domain/errors.ts';
import { maxCrawlDelayMs, maxRobotsBytes } from '../limits.ts';
import type { PoliteHosts } from './polite-hosts.ts';
import type { SafeFetch } from './safe-fetch.ts';

/** What a site says about being fetched. */
export interface RobotsVerdict {
  readonly allowed: boolean;
  /** Why not. */
  readonly reason?: string;
  /** Pause that the site asks for between two requests, in milliseconds. */
  readonly delayMs: number;
}

/** Reads and remembers robots.txt files (RFC 9309). */
export interface Robots {
  /** @throws FootnoteError `invalid-request` when the site itself may not be asked; the signal's reason. */
  check(url: URL, signal?: AbortSignal): Promise<RobotsVerdict>;
}

interface Rules {
  isAllowed(url: string, userAgent?: string): boolean | undefined;
  getCrawlDelay(userAgent?: string): number | undefined;
}

// Under NodeNext the package's types promise a default export that its CommonJS code does not have.
const require = createRequire(import.meta.url);
const parseRules: (url: string, text: string) => Rules = require('robots-parser');

/** How long a file counts (RFC 9309, section 2.4), and how long it counts that there was no answer. */
const freshMs = 24 * 3_600_000;
const unreachableMs = 10 * 60_000;

/** Origins that are remembered. */
const rememberedOrigins = 2_000;

interface Known {
  readonly rules: Promise<Rules | string>;
  readonly until: { at: number };
}

/**
 * @param options.userAgent - its product name, before the `/`, is what the files are searched for.
 */
export function createRobots(options: {
  readonly web: SafeFetch;
  readonly hosts: PoliteHosts;
  readonly userAgent: string;
  readonly now: () => number;
}): Robots {
  const { web, hosts, userAgent, now } = options;
  const known = new Map<string, Known>();

  /** The rules of a site, or why it may not be asked for anything. */
  async function read(origin: string, signal: AbortSignal | undefined): Promise<Rules | string> {
    const address = `${origin}/robots.txt`;
    try {
      const { status, body } = await web.fetch(address, {
        signal,
        maxBytes: maxRobotsBytes,
        truncate: true,
        anyType: true,
        visit: (url, send) => hosts.visit(url, send, { signal }),
      });
      if (status === 200) return parseRules(address, new TextDecoder().decode(body));
      // Too many requests is no answer to the question, unlike the other client errors (section 2.3.1.3).
      const isMissing = status >= 300 && status < 500 && status !== 429;
      return isMissing
        ? parseRules(address, '')
        : `${address} answered ${status}, so that nothing there may be fetched`;
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof FootnoteError && error.code === 'invalid-request') throw error;
      return `${address} could not be read, so that nothing there may be fetched: ${errorMessage(error).replace(/\.$/u, '')}`;
    }
  }

  function rulesOf(origin: string, signal: AbortSignal | undefined): Promise<Rules | string> {
    const before = known.get(origin);
    if (before && before.until.at > now()) return before.rules;
    if (known.size >= rememberedOrigins) known.clear();
    const until = { at: now() + freshMs };
    const rules = read(origin, signal).then(
      (found) => {
        if (typeof found === 'string') until.at = now() + unreachableMs;
        return found;
      },
      (error: unknown) => {
        known.delete(origin);
        throw error;
      },
    );
    known.set(origin, { rules, until });
    return rules;
  }

  return {
    async check(url, signal) {
      const rules = await rulesOf(url.origin, signal);
      if (typeof rules === 'string') return { allowed: false, reason: rules, delayMs: 0 };
      const delayMs = Math.min(maxCrawlDelayMs, Math.max(0, rules.getCrawlDelay(userAgent) ?? 0) * 1_000);
      if (rules.isAllowed(url.href, userAgent) !== false) return { allowed: true, delayMs };
      return { allowed: false, reason: `${url.origin}/robots.txt asks not to fetch it`, delayMs };
    },
  };
}
