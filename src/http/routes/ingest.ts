import { type Request, type RequestHandler, type Response, Router } from 'express';

import { digestFile } from '../../domain/files/durable-files.ts';
import type { IngestAdmin, SentFile } from '../../domain/ingest-admin.ts';
import type { IngestJob } from '../../domain/ingest-job.ts';
import { scoped } from '../call-scope.ts';
import { type AnswerOnce, sendKept } from '../idempotency.ts';
import { operatorOnly } from '../operator-only.ts';
import { httpProblem } from '../problems.ts';
import { mustAccept, onlyMethods, readJson, sendProblem } from '../responses.ts';
import { articleBodyBytes, deletionQuerySchema, parseNewArticle } from '../schemas-ingest.ts';
import { idOf } from '../schemas.ts';
import { receiveFiles, type UploadOptions } from '../uploads/receive-files.ts';
import { createIngestJobRoutes } from './ingest-jobs.ts';
import { createIngestSourceRoutes } from './ingest-sources.ts';

export interface IngestRoutesOptions {
  readonly admin: IngestAdmin;
  readonly uploads: UploadOptions;
  readonly answerOnce: AnswerOnce;
  readonly timeoutMs: number;
  readonly heartbeatMs: number;
}

const json = 'application/json';
const form = 'multipart/form-data';

/**
 * For those who look after the articles: `POST /api/articles`, `DELETE /api/articles/:id`, `POST /api/articles/:id/restore`
 * and `/api/ingest…`. What changes the index answers with the job that does it.
 */
export function createIngestRoutes(options: IngestRoutesOptions): Router {
  const { admin, uploads, answerOnce, timeoutMs } = options;
  const answerWithJob = (
    call: { request: Request; response: Response; body: unknown; jobs: string },
    begin: () => Promise<IngestJob>,
  ) =>
    answerOnce({
      ...call,
      timeoutMs,
      async answer(keep) {
        const job = await begin();
        // Relative to the address that was asked, so that it is right below any path prefix.
        const headers = { location: `${call.jobs}/${encodeURIComponent(job.id)}` };
        const accepted = { status: 202, headers, body: JSON.stringify(job) };
        await keep(accepted);
        sendKept(call.response, accepted);
      },
    });

  const addFiles: RequestHandler = async (request, response) => {
    const problem = await receiveFiles({ ...uploads, request, response }, async (files) => {
      const body = request.get('idempotency-key') === undefined ? undefined : await fingerprints(files);
      await answerWithJob({ request, response, body, jobs: 'ingest/jobs' }, () => admin.add({ files }));
    });
    if (problem) sendProblem(response, problem);
  };
  const addOne = scoped(timeoutMs, async (request, response, scope) => {
    const addition = parseNewArticle(request.body);
    await answerWithJob({ request, response, body: addition, jobs: 'ingest/jobs' }, () =>
      scope.race(admin.add(addition)),
    );
  });

  const router = Router();
  router
    .route('/api/articles')
    .post(operatorOnly, mustAccept(json), mustBe(json, form), (request, response, next) =>
      request.is(form) ? addFiles(request, response, next) : next(),
    )
    .post(readJson(articleBodyBytes), addOne)
    .all(unless('GET', onlyMethods('GET', 'POST')));
  router
    .route('/api/articles/:id')
    .delete(
      operatorOnly,
      scoped(timeoutMs, async (request, response, scope) => {
        const id = idOf(request.params, 'article');
        const deletion = deletionQuerySchema.parse(request.query);
        await answerWithJob({ request, response, body: deletion, jobs: '../ingest/jobs' }, () =>
          scope.race(admin.delete(id, deletion)),
        );
      }),
    )
    .all(unless('GET', onlyMethods('GET', 'DELETE')));
  router
    .route('/api/articles/:id/restore')
    .post(
      operatorOnly,
      scoped(timeoutMs, async (request, response, scope) => {
        const id = idOf(request.params, 'article');
        await answerWithJob({ request, response, body: {}, jobs: '../../ingest/jobs' }, () =>
          scope.race(admin.restore(id)),
        );
      }),
    )
    .all(onlyMethods('POST'));
  router
    .route('/api/ingest')
    .get(
      operatorOnly,
      mustAccept(json),
      scoped(timeoutMs, async (_request, response, scope) => {
        response.set('cache-control', 'no-store').json(await scope.race(overviewOf(admin)));
      }),
    )
    .post(
      operatorOnly,
      scoped(timeoutMs, async (request, response, scope) => {
        await answerWithJob({ request, response, body: {}, jobs: 'ingest/jobs' }, () =>
          scope.race(admin.update()),
        );
      }),
    )
    .all(onlyMethods('GET', 'POST'));
  router.use(createIngestJobRoutes(options), createIngestSourceRoutes(options));
  return router;
}

/** What a request that sends these files again has in common with it, wherever they are for now. */
function fingerprints(files: readonly SentFile[]) {
  return Promise.all(
    files.map(async ({ path, size: _size, ...file }) => ({ ...file, ...(await digestFile(path)) })),
  );
}

async function overviewOf(admin: IngestAdmin) {
  const [sources, withdrawn, disk] = await Promise.all([admin.sources(), admin.withdrawn(), admin.disk()]);
  return {
    sources: sources.length,
    articles: sources.reduce((sum, { articles }) => sum + articles.length, 0),
    failed: sources.filter(({ failures }) => failures.length > 0).length,
    withdrawn: withdrawn.length,
    disk,
  };
}

function mustBe(...types: readonly string[]): RequestHandler {
  return (request, response, next) => {
    // `false` is another type; `null` is no body at all, which the schema reports better.
    const isEmpty = request.get('content-length') === '0';
    if (isEmpty || request.is([...types]) !== false) next();
    else sendProblem(response, httpProblem(415, `The body must be one of these: ${types.join(', ')}.`));
  };
}

/** What reads is left to the next router at this address. */
function unless(method: 'GET', handle: RequestHandler): RequestHandler {
  return (request, response, next) =>
    request.method === method || request.method === 'HEAD' ? next() : handle(request, response, next);
}
