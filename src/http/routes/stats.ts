import { Router } from 'express';

import type { Assistant } from '../../domain/assistant.ts';
import { scoped } from '../call-scope.ts';
import { mustAccept, onlyMethods } from '../responses.ts';

export interface StatsRoutesOptions {
  readonly assistant: Pick<Assistant, 'stats'>;
  readonly timeoutMs: number;
}

/** `GET /api/stats`: what the index holds, counted. */
export function createStatsRoutes({ assistant, timeoutMs }: StatsRoutesOptions): Router {
  const router = Router();
  router
    .route('/api/stats')
    .get(
      mustAccept('application/json'),
      scoped(timeoutMs, async (_request, response, scope) => {
        response.set('cache-control', 'no-cache').json(await scope.race(assistant.stats()));
      }),
    )
    .all(onlyMethods('GET'));
  return router;
}
