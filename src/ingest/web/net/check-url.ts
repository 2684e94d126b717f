import ipaddr from 'ipaddr.js';

import { FootnoteError } from '../../../domain/errors.ts';
import { maxUrlLength } from '../limits.ts';
import { type AllowedHosts, plainHostname } from './allowed-hosts.ts';
import { isPublicAddress } from './public-address.ts';

/** Ports at which web sites are served. Others speak other protocols, which a request could be made to fit. */
const webPorts: ReadonlySet<number> = new Set([80, 443, 8080, 8443]);

/**
 * The URL that `text` is, when it may be asked for as far as its spelling tells; what its name resolves to is
 * checked at the connection. WHATWG parsing turns `0x7f.1`, `2130706433` and the like into plain addresses first.
 *
 * @throws FootnoteError `invalid-request`.
 */
export function checkUrl(text: string, allowed: AllowedHosts): URL {
  if (text.length > maxUrlLength)
    throw refused(`${text.slice(0, 100)}…`, `is longer than ${maxUrlLength} characters`);
  if (!URL.canParse(text))
    throw refused(text, 'is not a URL', 'Give the whole address, such as https://example.com/page.');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refused(text, 'is neither http nor https', 'Give an address that begins with https:// or http://.');
  }
  if (url.username !== '' || url.password !== '') {
    url.username = '';
    url.password = '';
    throw refused(
      url.href,
      'was given with a user name or password',
      'Give it without; pages behind a login are not fetched.',
    );
  }
  const hostname = plainHostname(url);
  if (hostname === '') throw refused(text, 'names no host');
  url.hostname = hostname;
  const port = portOf(url);
  if (allowed.has(hostname, port)) return url;
  const address = bareAddress(hostname);
  if (ipaddr.isValid(address) && !isPublicAddress(address)) throw notPublic(url.href, hostname);
  if (!webPorts.has(port)) {
    throw refused(
      url.href,
      `is at port ${port}, where no public web site is served`,
      `Set FETCH_ALLOWED_HOSTS=${hostname} if you trust it.`,
    );
  }
  return url;
}

/**
 * Where a redirect leads.
 *
 * @throws FootnoteError `invalid-request` where that may not be asked for, or is less safe than `from`.
 */
export function redirectTarget(from: URL, location: string, allowed: AllowedHosts): URL {
  if (!URL.canParse(location, from.href)) throw refused(from.href, 'redirects to what is not a URL');
  const target = checkUrl(new URL(location, from).href, allowed);
  if (from.protocol === 'https:' && target.protocol === 'http:') {
    throw refused(from.href, `redirects from https to ${target.href}, which anybody on the way could change`);
  }
  return target;
}

/** The refusal of an address that is not on the open internet. */
export function notPublic(url: string, hostname: string, address?: string): FootnoteError {
  const leadsTo =
    address === undefined || address === bareAddress(hostname) ? '' : `: ${hostname} is ${address}`;
  return new FootnoteError(
    'invalid-request',
    `The address ${url} is not public${leadsTo}. It was not asked for.`,
    {
      remedy: `Set FETCH_ALLOWED_HOSTS=${hostname} if you trust it.`,
    },
  );
}

/** The port that `url` leads to. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** An IPv6 address without the brackets that URLs need. */
export function bareAddress(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}

function refused(url: string, why: string, remedy?: string): FootnoteError {
  return new FootnoteError(
    'invalid-request',
    `The address ${url} ${why}.`,
    remedy === undefined ? {} : { remedy },
  );
}
