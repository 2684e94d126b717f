import type { IncomingMessage } from 'node:http';

import type { RequestHandler } from 'express';

import { isKeyToken, type KeyStore } from '../../conversation/key-store.ts';
import type { ApiKey } from '../../domain/api-key.ts';

/** Who makes a request. */
export interface Caller {
  readonly key?: ApiKey;
  /** A key was given, but it is unknown, revoked or expired. */
  readonly hasBadKey?: true;
  /** Let in without a key where one is required, as a reader of the widget or the pages. */
  readonly isPublic?: true;
}

const callers = new WeakMap<IncomingMessage, Caller>();

/** Who makes `request`, as far as it is known yet. */
export function callerOf(request: IncomingMessage): Caller {
  return callers.get(request) ?? {};
}

export function setCaller(request: IncomingMessage, caller: Caller): void {
  callers.set(request, caller);
}

/**
 * Finds out whose key a request carries, in `Authorization: Bearer` or `x-api-key`, and refuses nothing. Unless keys are
 * required, a token that is not of ours is as good as none: OpenAI's clients cannot be told to send none.
 */
export function identifyCallers(
  keys: Pick<KeyStore, 'find'>,
  { required }: { required: boolean },
): RequestHandler {
  return async (request, _response, next) => {
    const token = tokenOf(request);
    if (token !== undefined && (required || isKeyToken(token))) {
      const key = await keys.find(token);
      callers.set(request, key ? { key } : { hasBadKey: true });
    }
    next();
  };
}

/** Ours, where two tokens are given: the other one may be meant for somebody else. */
function tokenOf({ headers }: IncomingMessage): string | undefined {
  const bearer = /^Bearer +(\S+) *$/iu.exec(headers.authorization ?? '')?.[1];
  const given = [bearer, headers['x-api-key']].flat().filter((token) => token !== undefined);
  return given.find(isKeyToken) ?? given[0];
}
