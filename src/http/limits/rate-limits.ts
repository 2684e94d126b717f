import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit, type Store } from 'express-rate-limit';

import type { RequestCounts } from '../../conversation/request-counts.ts';
import { FootnoteError } from '../../domain/errors.ts';
import { accessRule, type RequestKind } from '../auth/access-table.ts';
import { callerOf } from '../auth/callers.ts';
import { createLocalCounts } from './local-counts.ts';

const windowMs = 60_000;

/** How many times as many requests as calls of the API are allowed: a page loads several files. */
const factors: Readonly<Record<RequestKind, number>> = { api: 1, page: 4, static: 20 };

/**
 * At most `perMinute` calls of the API a minute for each key, and for each address where there is none (a /56 network
 * under IPv6); see {@link factors} for the rest. Headers are those of draft-ietf-httpapi-ratelimit-headers-08.
 *
 * Stands between finding out who calls and refusing them, so that guessing keys is limited too.
 *
 * @param counts - where requests are counted, by several servers together; in this process when absent.
 * @throws FootnoteError `too-many-requests`; what `counts` throws: nobody is let in uncounted
 */
export function createRateLimits(perMinute: number, counts = createLocalCounts()): RequestHandler {
  const limiters: Readonly<Record<RequestKind, RequestHandler>> = {
    api: limiter('api', perMinute, counts),
    page: limiter('page', perMinute, counts),
    static: limiter('static', perMinute, counts),
  };
  return (request, response, next) => {
    const { kind } = accessRule(request.method, request.path);
    return limiters[kind](request, response, next);
  };
}

function limiter(kind: RequestKind, perMinute: number, counts: RequestCounts): RequestHandler {
  const limit = perMinute * factors[kind];
  return rateLimit({
    windowMs,
    limit,
    identifier: kind,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator,
    store: storeOf(kind, counts),
    passOnStoreError: false,
    // Its checks print to the console; what they check is checked with the settings.
    validate: false,
    handler: (_request, _response, next) => {
      next(
        new FootnoteError(
          'too-many-requests',
          `More than ${limit} requests in a minute. Retry-After says when to go on.`,
        ),
      );
    },
  });
}

/** The counts of one kind of requests. */
function storeOf(kind: RequestKind, counts: RequestCounts): Store {
  const nameOf = (key: string) => `${kind} ${key}`;
  return {
    localKeys: false,
    increment: async (key) => {
      const { total, resetsAt } = await counts.count(nameOf(key), windowMs);
      return { totalHits: total, resetTime: new Date(resetsAt) };
    },
    // Only for requests that are not to count after all, of which there are none.
    decrement: () => undefined,
    resetKey: (key) => counts.reset(nameOf(key)),
  };
}

function keyGenerator(request: Request): string {
  const { key } = callerOf(request);
  // A socket that is closed already has no address any more.
  return key ? `key ${key.id}` : ipKeyGenerator(request.ip ?? 'unknown', 56);
}
