import { isIP } from 'node:net';

import type { RequestHandler } from 'express';

import { httpProblem } from './problems.ts';
import { sendProblem } from './responses.ts';

export interface TrustedHostOptions {
  /** Names under which this server is asked, besides `localhost` and addresses; `*` is every one. */
  readonly allowedHosts: readonly string[];
  /** Origins of other sites whose pages may ask; `*` is every one. */
  readonly allowedOrigins: readonly string[];
}

/**
 * Refuses requests that a page of some other site makes by having its own name point to this server (DNS rebinding): the
 * name must be one of this server's, and a page must be of this server or of an allowed origin. Numeric addresses pass:
 * no name points anywhere in them.
 */
export function createTrustedHost({ allowedHosts, allowedOrigins }: TrustedHostOptions): RequestHandler {
  const hosts = new Set(allowedHosts.map((host) => host.toLowerCase()));
  const origins = new Set(allowedOrigins);
  return (request, response, next) => {
    const { host, origin } = request.headers;
    const own = urlOf(`http://${host}`);
    if (!own || !(hosts.has('*') || hosts.has(own.hostname) || isLocalName(own.hostname))) {
      const detail =
        'This server is not asked under that name. Whoever runs it can allow it with the setting ALLOWED_HOSTS.';
      return sendProblem(response, httpProblem(403, detail));
    }
    const isOwnPage = origin === undefined || urlOf(origin)?.host === own.host;
    if (isOwnPage || origins.has('*') || origins.has(origin)) return next();
    const detail =
      'Pages of that origin may not ask here. Whoever runs the server can allow them with the setting ALLOWED_ORIGINS.';
    sendProblem(response, httpProblem(403, detail));
  };
}

function isLocalName(hostname: string): boolean {
  const isAddress = isIP(hostname.replace(/^\[(.*)\]$/u, '$1')) > 0;
  return isAddress || hostname === 'localhost' || hostname.endsWith('.localhost');
}

function urlOf(address: string): URL | undefined {
  return URL.canParse(address) ? new URL(address) : undefined;
}
