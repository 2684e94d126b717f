import { type RequestHandler, Router } from 'express';

import type { KeyStore } from '../conversation/key-store.ts';
import type { RequestCounts } from '../conversation/request-counts.ts';
import { type AccessPolicy, authorizeCallers } from './auth/authorize.ts';
import { identifyCallers } from './auth/callers.ts';
import { createRateLimits } from './limits/rate-limits.ts';

/** Who may call, and how often. */
export interface GuardOptions {
  /** Without it, nobody needs a key. */
  readonly access?:
    | (Omit<AccessPolicy, 'allowedOrigins'> & { readonly keys: Pick<KeyStore, 'find'> })
    | undefined;
  readonly allowedOrigins: readonly string[];
  /** Calls of the API a minute; without it, as many as come. */
  readonly requestsPerMinute?: number | undefined;
  /** Where they are counted; in this process when absent. */
  readonly requestCounts?: RequestCounts | undefined;
}

/** Finds out who calls, counts the call, and refuses it where it is one too many or not allowed. */
export function createGuard(options: GuardOptions): RequestHandler {
  const { access, allowedOrigins, requestsPerMinute, requestCounts } = options;
  const router = Router();
  if (access) router.use(identifyCallers(access.keys, access));
  if (requestsPerMinute !== undefined) router.use(createRateLimits(requestsPerMinute, requestCounts));
  if (access) router.use(authorizeCallers({ ...access, allowedOrigins }));
  return router;
}
