import { FootnoteError } from '../../../domain/errors.ts';
import type { PoliteHosts } from './polite-hosts.ts';
import type { Robots } from './robots.ts';
import type { SafeFetch, WebRequest, WebResponse } from './safe-fetch.ts';

/** Asks a web server for a document as a well-behaved program does. */
export type PoliteFetch = (url: string, options?: Omit<WebRequest, 'visit'>) => Promise<WebResponse>;

/**
 * Fetches what robots.txt allows, at the pace that the site asks for; each address of a redirect is judged by the
 * rules of its own site.
 *
 * @returns a function that throws as {@link SafeFetch} does, and FootnoteError `invalid-request` for what robots.txt
 *   rules out.
 */
export function createPoliteFetch(options: {
  readonly web: SafeFetch;
  readonly hosts: PoliteHosts;
  readonly robots: Robots;
}): PoliteFetch {
  const { web, hosts, robots } = options;
  return (address, request = {}) => {
    const { signal } = request;
    return web.fetch(address, {
      ...request,
      async visit(url, send) {
        const { allowed, reason, delayMs } = await robots.check(url, signal);
        if (!allowed) throw new FootnoteError('invalid-request', `${url.href} was not fetched: ${reason}.`);
        return hosts.visit(url, send, { delayMs, signal });
      },
    });
  };
}
