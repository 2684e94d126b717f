import { once } from 'node:events';

import { Router } from 'express';

import type { Assistant } from '../../domain/assistant.ts';
import { scoped } from '../call-scope.ts';
import { operatorOnly } from '../operator-only.ts';
import { mustAccept, onlyMethods } from '../responses.ts';

/** JSON Lines has no registered type; both names are in use. */
const types = ['application/jsonl', 'application/x-ndjson'] as const;

/** A long export to a slow client is still an export. */
const exportTimeoutMs = 600_000;

export interface FeedbackExportOptions {
  readonly assistant: Pick<Assistant, 'feedback'>;
}

/** `GET /api/feedback`: what readers said of answers, oldest first, one JSON object a line. */
export function createFeedbackExportRoutes({ assistant }: FeedbackExportOptions): Router {
  const router = Router();
  router
    .route('/api/feedback')
    .get(
      operatorOnly,
      mustAccept(...types),
      scoped(exportTimeoutMs, async (request, response, scope) => {
        const type = request.accepts([...types]) || types[0];
        response
          .vary('Accept')
          .set({ 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
        for await (const entry of scope.events(assistant.feedback())) {
          const isTaken = response.write(`${JSON.stringify(entry)}\n`);
          if (!isTaken) await once(response, 'drain', { signal: scope.signal });
        }
        response.end();
      }),
    )
    .all(onlyMethods('GET'));
  return router;
}
