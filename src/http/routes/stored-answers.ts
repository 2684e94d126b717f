import { type RequestHandler, Router } from 'express';

import { feedbackSchema } from '../../conversation/record-schemas.ts';
import type { Assistant } from '../../domain/assistant.ts';
import { scoped } from '../call-scope.ts';
import { type AnswerOnce, sendKept } from '../idempotency.ts';
import { mustAccept, onlyMethods } from '../responses.ts';
import { idOf } from '../schemas.ts';

const json = 'application/json';

export interface StoredAnswerRoutesOptions {
  readonly assistant: Pick<Assistant, 'storedAnswer' | 'verifyAnswer' | 'addFeedback'>;
  readonly answerOnce: AnswerOnce;
  /** Puts the parsed JSON into `request.body`. */
  readonly readBody: RequestHandler[];
  readonly timeoutMs: number;
}

/** `GET /api/answers/:id`, `POST /api/answers/:id/verify` and `POST /api/answers/:id/feedback`. */
export function createStoredAnswerRoutes(options: StoredAnswerRoutesOptions): Router {
  const { assistant, answerOnce, readBody, timeoutMs } = options;
  const router = Router();
  router
    .route('/api/answers/:id')
    .get(
      mustAccept(json),
      scoped(timeoutMs, async ({ params }, response, scope) => {
        const answer = await scope.race(assistant.storedAnswer(idOf(params, 'stored answer')));
        response.set('cache-control', 'no-cache').json(answer);
      }),
    )
    .all(onlyMethods('GET'));
  router
    .route('/api/answers/:id/verify')
    .post(
      mustAccept(json),
      scoped(timeoutMs, async ({ params }, response, scope) => {
        const check = await scope.race(assistant.verifyAnswer(idOf(params, 'stored answer')));
        response.set('cache-control', 'no-store').json(check);
      }),
    )
    .all(onlyMethods('POST'));
  router
    .route('/api/answers/:id/feedback')
    .post(
      readBody,
      scoped(timeoutMs, async (request, response, scope) => {
        const feedback = feedbackSchema.parse(request.body);
        const id = idOf(request.params, 'stored answer');
        await answerOnce({
          request,
          response,
          body: feedback,
          timeoutMs,
          async answer(keep) {
            await scope.race(assistant.addFeedback(id, feedback));
            const done = { status: 204, headers: {}, body: '' };
            await keep(done);
            sendKept(response, done);
          },
        });
      }),
    )
    .all(onlyMethods('POST'));
  return router;
}
