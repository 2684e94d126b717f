import { Router } from 'express';

import type { IngestAdmin } from '../../domain/ingest-admin.ts';
import { scoped } from '../call-scope.ts';
import { operatorOnly } from '../operator-only.ts';
import { mustAccept, onlyMethods } from '../responses.ts';
import { idOf } from '../schemas.ts';
import { openEventStream } from '../sse/event-stream.ts';

/** For how long a job is followed. Whoever wants to see more of a longer one asks again. */
const followMs = 3_600_000;

const json = 'application/json';
const events = 'text/event-stream';

export interface IngestJobRoutesOptions {
  readonly admin: Pick<IngestAdmin, 'jobs' | 'job' | 'follow'>;
  readonly timeoutMs: number;
  readonly heartbeatMs: number;
}

/** `GET /api/ingest/jobs`, and `GET /api/ingest/jobs/:id` as it is or as it goes on. */
export function createIngestJobRoutes({ admin, timeoutMs, heartbeatMs }: IngestJobRoutesOptions): Router {
  const router = Router();
  router
    .route('/api/ingest/jobs')
    .get(
      operatorOnly,
      mustAccept(json),
      scoped(timeoutMs, async (_request, response, scope) => {
        response.set('cache-control', 'no-store').json({ jobs: await scope.race(admin.jobs()) });
      }),
    )
    .all(onlyMethods('GET'));
  router
    .route('/api/ingest/jobs/:id')
    .get(
      operatorOnly,
      mustAccept(json, events),
      scoped(followMs, async (request, response, scope) => {
        response.vary('Accept');
        // Before anything is sent, so that a job that is not there is a problem.
        const job = await scope.race(admin.job(idOf(request.params, 'ingest job')));
        if (request.accepts([json, events]) !== events) {
          response.set('cache-control', 'no-store').json(job);
          return;
        }
        const { signal } = scope;
        const stream = openEventStream(response, { heartbeatMs, signal });
        for await (const state of scope.events(admin.follow(job.id, { signal }))) {
          await stream.send('job', state);
        }
        stream.end();
      }),
    )
    .all(onlyMethods('GET'));
  return router;
}
