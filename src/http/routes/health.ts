import { Router } from 'express';

import type { Assistant } from '../../domain/assistant.ts';
import { errorMessage, FootnoteError } from '../../domain/errors.ts';
import { scoped } from '../call-scope.ts';
import { onlyMethods } from '../responses.ts';

/** A probe must be answered soon, or it is answered "no". */
const readinessTimeoutMs = 5_000;

type Probed = Pick<Assistant, 'generation' | 'chatModel'>;

/** `GET /healthz`: the process answers. `GET /readyz`: it has an index to answer from, and which. */
export function createHealthRoutes({ assistant }: { assistant: Probed }): Router {
  const router = Router();
  router
    .route('/healthz')
    .get((_request, response) => {
      response.set('cache-control', 'no-store').json({ status: 'ok' });
    })
    .all(onlyMethods('GET'));
  router
    .route('/readyz')
    .get(
      scoped(readinessTimeoutMs, async (_request, response, scope) => {
        const generation = await scope.race(assistant.generation()).catch(notReady);
        const chatModel = assistant.chatModel?.();
        response
          .set('cache-control', 'no-store')
          .json({ status: 'ready', generation, ...(chatModel && { chatModel }) });
      }),
    )
    .all(onlyMethods('GET'));
  return router;
}

/** Whatever the reason, the answer of a probe is the same: not now. */
function notReady(error: unknown): never {
  if (error instanceof FootnoteError && error.code === 'index-unusable') throw error;
  const { retryAfter } = error instanceof FootnoteError ? error : {};
  throw new FootnoteError('index-unusable', errorMessage(error), {
    cause: error,
    ...(retryAfter !== undefined && { retryAfter }),
  });
}
