import { type RequestHandler, Router } from 'express';

import type { KeyStore } from '../conversation/key-store.ts';
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
}

/** Finds out who calls, counts the call, and refuses it where it is one too many or not allowed. */
export function createGuard({ access, allowedOrigins, requestsPerMinute }: GuardOptions): RequestHandler {
  const router = Router();
  if (access) router.use(identifyCallers(access.keys, access));
  if (requestsPerMinute !== undefined) router.use(createRateLimits(requestsPerMinute));
  if (access) router.use(authorizeCallers({ ...access, allowedOrigins }));
  return router;
}
