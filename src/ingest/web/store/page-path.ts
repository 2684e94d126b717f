import { createHash } from 'node:crypto';

import { addedPrefix } from '../../load/corpus-roots.ts';
import { pathSlug } from '../../metadata/slug.ts';

/** Begins the corpus path of every fetched page. */
export const pagesPrefix = `${addedPrefix}web/`;

/** Longest readable part of a name, and longest host, in characters; 8 digits of a checksum tell the rest apart. */
const maxSlug = 80;
const maxHost = 100;

/**
 * Where the page with this canonical address is kept, without an extension: `added/web/<host>/<slug>-<hash>`. It is the same
 * with every visit, so that a new version takes the place of the old one, and is ASCII without `..` whatever the address.
 */
export function pagePath(address: string): string {
  const url = new URL(address);
  const hash = createHash('sha256').update(address).digest('hex').slice(0, 8);
  const host = `${url.hostname}${url.port === '' ? '' : `-${url.port}`}`
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/gu, '-')
    .replace(/\.{2,}/gu, '.')
    .slice(0, maxHost)
    .replace(/^[.-]+|[.-]+$/gu, '');
  const path = decoded(url.pathname.replace(/\.[a-z]{2,5}$/iu, ''));
  const slug = pathSlug(`${path} ${url.search.slice(1)}`)
    ?.slice(0, maxSlug)
    .replace(/-$/u, '');
  return `${pagesPrefix}${host === '' ? 'host' : host}/${slug ?? 'index'}-${hash}`;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
