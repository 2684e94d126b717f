import { type RequestHandler, Router } from 'express';

import type { Assistant } from '../../domain/assistant.ts';
import { scoped } from '../call-scope.ts';
import { type AnswerOnce, sendKept } from '../idempotency.ts';
import { mustAccept, onlyMethods } from '../responses.ts';
import { newConversationSchema } from '../schemas-conversations.ts';
import { idOf } from '../schemas.ts';

const json = 'application/json';

export interface ConversationRoutesOptions {
  readonly assistant: Pick<Assistant, 'createConversation' | 'conversation' | 'deleteConversation'>;
  readonly answerOnce: AnswerOnce;
  /** Puts the parsed JSON into `request.body`. */
  readonly readBody: RequestHandler[];
  readonly timeoutMs: number;
}

/** `POST /api/conversations`, `GET` and `DELETE /api/conversations/:id`. */
export function createConversationRoutes(options: ConversationRoutesOptions): Router {
  const { assistant, answerOnce, readBody, timeoutMs } = options;
  const router = Router();
  router
    .route('/api/conversations')
    .post(
      mustAccept(json),
      readBody,
      scoped(timeoutMs, async (request, response, scope) => {
        const body = newConversationSchema.parse(request.body ?? {});
        await answerOnce({
          request,
          response,
          body,
          timeoutMs,
          async answer(keep) {
            const conversation = await scope.race(assistant.createConversation());
            // Relative to the address that was asked, so that it is right below any path prefix.
            const headers = { location: `conversations/${conversation.id}` };
            const created = { status: 201, headers, body: JSON.stringify(conversation) };
            await keep(created);
            sendKept(response, created);
          },
        });
      }),
    )
    .all(onlyMethods('POST'));
  router
    .route('/api/conversations/:id')
    .get(
      mustAccept(json),
      scoped(timeoutMs, async ({ params }, response, scope) => {
        const conversation = await scope.race(assistant.conversation(idOf(params, 'conversation')));
        response.set('cache-control', 'private, no-cache').json(conversation);
      }),
    )
    .delete(
      scoped(timeoutMs, async ({ params }, response, scope) => {
        await scope.race(assistant.deleteConversation(idOf(params, 'conversation')));
        response.status(204).set('cache-control', 'no-store').end();
      }),
    )
    .all(onlyMethods('GET', 'DELETE'));
  return router;
}
