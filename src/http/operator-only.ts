import { BlockList, isIPv6 } from 'node:net';

import type { Request, RequestHandler } from 'express';

import { covers } from '../domain/api-key.ts';
import { FootnoteError } from '../domain/errors.ts';
import { callerOf } from './auth/callers.ts';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');
loopback.addSubnet('::ffff:127.0.0.0', 104, 'ipv6');

const localNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Lets callers pass whose key has the scope `admin`, and requests of this machine; no others. What came through a proxy comes from elsewhere whatever its address;
 * and so does what a page of another site sends from a browser here, also under a name that was made to lead here.
 */
export const operatorOnly: RequestHandler = (request, _response, next) => {
  const { key } = callerOf(request);
  if ((key && covers(key, 'admin')) || isOfThisMachine(request)) return next();
  throw new FootnoteError(
    'forbidden',
    'This is for the operator: it needs an API key with the scope admin, or to be asked on the machine itself.',
  );
};

/** Whether a program of this machine itself asks. */
export function isOfThisMachine(request: Request): boolean {
  const { headers, socket } = request;
  const address = socket.remoteAddress ?? '';
  const isLocal = loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  const isDirect = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].every(
    (name) => headers[name] === undefined,
  );
  const name = /^(?<name>.*?)(?::\d+)?$/u.exec(headers.host ?? '')?.groups?.['name'] ?? '';
  return isLocal && isDirect && isOwnSite(headers) && localNames.has(name.toLowerCase());
}

/** Whether no page asks, or one of this very server: browsers send `Origin` with all that changes something. */
function isOwnSite({ host = '', origin, 'sec-fetch-site': site }: Request['headers']): boolean {
  // Nothing stands between, so that the scheme is what is spoken here.
  const isOwnOrigin = origin === undefined || origin === `http://${host.toLowerCase()}`;
  return isOwnOrigin && (site === undefined || site === 'same-origin' || site === 'none');
}
