import { type Response, Router } from 'express';

import type { Turn } from '../../domain/conversation.ts';
import { FootnoteError } from '../../domain/errors.ts';
import { type CallScope, scoped } from '../call-scope.ts';
import { httpProblem } from '../problems.ts';
import { mustAccept, onlyMethods, sendProblem } from '../responses.ts';
import { idOf } from '../schemas.ts';
import { absoluteFor } from './annotations.ts';
import { createQuestionReader } from './asked-question.ts';
import { isModel, sendUnknownModel } from './model-routes.ts';
import { toSeconds } from './reply.ts';
import { createResponseEvents, type ResponseEvent } from './response-events.ts';
import { answerIdOf, completedResponse, emptyResponse, storedResponse } from './response-object.ts';
import type { OpenAiRoutesOptions } from './routes.ts';
import { replyAtOnce, streamReply } from './run-answer.ts';
import { createOpenAiSchemas } from './schemas.ts';

const json = 'application/json';

/** `POST /v1/responses`: the reply as one object, or as a stream of events; and `GET /v1/responses/:id`. */
export function createResponseRoutes(options: OpenAiRoutesOptions): Router {
  const { assistant, limits, readBody, basePath } = options;
  const schema = createOpenAiSchemas(limits).response;
  const readQuestion = createQuestionReader(limits);
  const router = Router();
  router
    .route('/v1/responses')
    .post(
      mustAccept(json, 'text/event-stream'),
      readBody,
      scoped(limits.answerTimeoutMs, async (request, response, scope) => {
        const body = schema.parse(request.body);
        if (!isModel(body.model)) return sendUnknownModel(response, body.model);
        const { input, footnote, previous_response_id: previous } = body;
        const previousId = previous ?? undefined;
        const earlier = previousId === undefined ? [] : await turnsOf(options, previousId, scope);
        if (!earlier) return sendUnknownPrevious(response);
        const turns = typeof input === 'string' ? [{ role: 'user' as const, content: input }] : input;
        const question = readQuestion({ turns, earlier, footnote, param: 'input' });
        const call = { question, request, response, scope };
        const toAbsolute = absoluteFor(request, basePath);
        if (body.stream === true) {
          const events = createResponseEvents({ toAbsolute, previousId });
          return streamReply<ResponseEvent>(options, call, { ...events, nameOf: ({ type }) => type });
        }
        const reply = await replyAtOnce(options, call);
        if (!reply) return;
        const { id: answerId, receipt } = reply.answer;
        const empty = emptyResponse({ answerId, createdAt: toSeconds(receipt.createdAt), previousId });
        response.set('cache-control', 'no-store').json(completedResponse(empty, reply, toAbsolute));
      }),
    )
    .all(onlyMethods('POST'));
  router
    .route('/v1/responses/:id')
    .get(
      mustAccept(json),
      scoped(limits.answerTimeoutMs, async (request, response, scope) => {
        const id = answerIdOf(idOf(request.params, 'stored response'));
        const answer = await scope.race(assistant.storedAnswer(id));
        response
          .set('cache-control', 'no-cache')
          .json(storedResponse(answer, absoluteFor(request, basePath)));
      }),
    )
    .all(onlyMethods('GET'));
  return router;
}

/** The turns of an answer given before; `undefined` where it is not stored. */
async function turnsOf(
  { assistant, limits }: Pick<OpenAiRoutesOptions, 'assistant' | 'limits'>,
  id: string,
  scope: CallScope,
): Promise<Turn[] | undefined> {
  try {
    const answer = await scope.race(assistant.storedAnswer(answerIdOf(id)));
    const { question, standaloneQuestion, text } = answer;
    // Understandable by itself: what it leaned on need not be looked up in turn. But many follow-ups in a row make it long.
    const isShort = standaloneQuestion.length <= limits.questionLength;
    return [
      { role: 'user', content: isShort ? standaloneQuestion : question },
      { role: 'assistant', content: text },
    ];
  } catch (error) {
    if (error instanceof FootnoteError && error.code === 'not-found') return undefined;
    throw error;
  }
}

function sendUnknownPrevious(response: Response): void {
  const path = 'previous_response_id';
  sendProblem(
    response,
    httpProblem(400, 'The request is not valid.', {
      type: 'urn:footnote:previous-response-not-found',
      errors: [{ path, message: 'there is no stored response with this id' }],
    }),
  );
}
