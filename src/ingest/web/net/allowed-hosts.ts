import { FootnoteError } from '../../../domain/errors.ts';

/** Hosts that the operator trusts although their addresses are not public. */
export interface AllowedHosts {
  /** @param hostname - as a WHATWG URL writes it, without trailing dot. */
  has(hostname: string, port: number): boolean;
}

/**
 * @param entries - names or addresses, each with a port or without one (then every port): `cms.internal`,
 *   `10.0.0.5:8080`, `[::1]:3000`.
 * @throws FootnoteError `configuration` for what is no host, and for `*`: every private address is what this guards.
 */
export function parseAllowedHosts(entries: readonly string[]): AllowedHosts {
  const allowed = new Set(entries.map(parseEntry));
  return { has: (hostname, port) => allowed.has(hostname) || allowed.has(`${hostname}:${port}`) };
}

function parseEntry(entry: string): string {
  const [, bracketed, named, port] =
    /^(?:(\[.+\]|[\da-f]*:[\da-f]*:[\da-f:.]*)|([^:]+))(?::(\d{1,5}))?$/iu.exec(entry.trim()) ?? [];
  const host = bracketed === undefined || bracketed.startsWith('[') ? (bracketed ?? named) : `[${bracketed}]`;
  const url = `http://${host}/`;
  if (host === undefined || host.includes('*') || /[/@?#]/u.test(host) || !URL.canParse(url)) {
    throw new FootnoteError('configuration', `FETCH_ALLOWED_HOSTS: "${entry}" is not a host.`, {
      remedy: 'Name each host, such as cms.internal, 10.0.0.5 or 10.0.0.5:8080.',
    });
  }
  const hostname = plainHostname(new URL(url));
  return port === undefined ? hostname : `${hostname}:${port}`;
}

/** The host name of `url` without the dot that makes a name absolute: `localhost.` is `localhost`. */
export function plainHostname(url: URL): string {
  return url.hostname.replace(/\.+$/u, '');
}
