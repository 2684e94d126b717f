import { lookup as lookUpName } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { callbackify } from 'node:util';

import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';

import { FootnoteError } from '../../../domain/errors.ts';
import type { AllowedHosts } from './allowed-hosts.ts';
import { bareAddress, notPublic } from './check-url.ts';
import { isPublicAddress } from './public-address.ts';

/** An address of a name. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Every address that a name has. @throws what the resolver says. */
export type ResolveName = (hostname: string) => Promise<readonly ResolvedAddress[]>;

/** Asks the system, as every other program on the machine does. */
export async function resolveName(hostname: string): Promise<readonly ResolvedAddress[]> {
  const found = await lookUpName(hostname, { all: true, verbatim: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}

/**
 * Opens connections to public addresses only, and to hosts that the operator allows. The name is resolved once, inside
 * of the connection, and the socket gets the very addresses that were checked: a name server that answers
 * differently the second time is not asked a second time.
 *
 * @param timeoutMs - to open one connection.
 */
export function createGuardedConnector(options: {
  readonly allowed: AllowedHosts;
  readonly resolve: ResolveName;
  readonly timeoutMs: number;
  /** Which addresses are open to everybody. */
  readonly isPublic?: (address: string) => boolean;
}): buildConnector.connector {
  const { allowed, resolve, timeoutMs, isPublic = isPublicAddress } = options;
  const settings = { timeout: timeoutMs, maxCachedSessions: 0 };
  const free = buildConnector({ ...settings, lookup: asLookup(resolve) });
  const guarded = buildConnector({
    ...settings,
    lookup: asLookup(async (hostname) => {
      const addresses = await resolve(hostname);
      // One private address among public ones is reason enough: which of them is used is up to chance.
      const hidden = addresses.find(({ address }) => !isPublic(address));
      if (hidden) throw notPublic(hostname, hostname, hidden.address);
      return addresses;
    }),
  });
  return (target, callback) => {
    const hostname = bareAddress(target.hostname);
    const port = Number(target.port || (target.protocol === 'https:' ? 443 : 80));
    if (allowed.has(target.hostname, port) || allowed.has(`[${hostname}]`, port)) {
      free(target, callback);
      return;
    }
    if (ipaddr.isValid(hostname) && !isPublic(hostname)) {
      callback(notPublic(hostname, hostname), null);
      return;
    }
    guarded(target, callback);
  };
}

/** `resolve` in the form that sockets call: one address or all of them. */
function asLookup(resolve: ResolveName): LookupFunction {
  const called = callbackify(resolve);
  return (hostname, { all }, callback) => {
    called(hostname, (error: NodeJS.ErrnoException | null, addresses) => {
      const [first] = error ? [] : addresses;
      if (!first) callback(error ?? noAddress(hostname), '');
      else if (all === true) callback(null, [...addresses]);
      else callback(null, first.address, first.family);
    });
  };
}

function noAddress(hostname: string): FootnoteError {
  return new FootnoteError('unavailable', `The name ${hostname} has no address.`);
}
