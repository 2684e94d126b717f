import { type Request, type RequestHandler, type Response, Router } from 'express';

import type { Assistant } from '../../assistant.ts';
import type { AnswerEvent } from '../../domain/answer-event.ts';
import type { AnswerRequest } from '../../domain/answer.ts';
import { type CallScope, scoped } from '../call-scope.ts';
import type { FailureReporter } from '../error-handler.ts';
import { mustAccept, onlyMethods, sendProblem } from '../responses.ts';
import type { createRequestSchemas } from '../schemas.ts';
import { type EventStream, openEventStream } from '../sse/event-stream.ts';

const json = 'application/json';
const eventStream = 'text/event-stream';

export interface AnswerRoutesOptions {
  readonly assistant: Pick<Assistant, 'answer' | 'ask'>;
  readonly schema: ReturnType<typeof createRequestSchemas>['answer'];
  /** Puts the parsed JSON into `request.body`. */
  readonly readBody: RequestHandler[];
  readonly answerTimeoutMs: number;
  readonly heartbeatMs: number;
  readonly report: FailureReporter;
}

/** `POST /api/answers`: the answer as one JSON object, or as a stream of events, as the client accepts. */
export function createAnswerRoutes(options: AnswerRoutesOptions): Router {
  const { assistant, schema, readBody, answerTimeoutMs } = options;
  const router = Router();
  router
    .route('/api/answers')
    .post(
      mustAccept(json, eventStream),
      readBody,
      scoped(answerTimeoutMs, async (request, response, scope) => {
        const question = schema.parse(request.body);
        response.vary('Accept');
        if (request.accepts([json, eventStream]) === eventStream) {
          await streamAnswer(options, { question, request, response, scope });
        } else {
          const answer = await scope.race(assistant.ask(question, { signal: scope.signal }));
          response.set('cache-control', 'no-store').json(answer);
        }
      }),
    )
    .all(onlyMethods('POST'));
  return router;
}

interface Call {
  readonly question: AnswerRequest;
  readonly request: Request;
  readonly response: Response;
  readonly scope: CallScope;
}

/** Throws while an ordinary error response is still possible, and tells the stream afterwards. */
async function streamAnswer(
  { assistant, heartbeatMs, report }: AnswerRoutesOptions,
  { question, request, response, scope }: Call,
): Promise<void> {
  let stream: EventStream | undefined;
  try {
    for await (const event of scope.events(assistant.answer(question, { signal: scope.signal }))) {
      if (event.type === 'error' && !stream) return sendProblem(response, event.problem);
      stream ??= openEventStream(response, { heartbeatMs, signal: scope.signal });
      await stream.send(event.type, event);
      if (isLast(event)) return stream.end();
    }
    throw new Error('The stream of events stopped before the end of the answer.');
  } catch (error) {
    const cause: unknown = scope.signal.aborted ? scope.signal.reason : error;
    if (!stream) throw cause;
    if (response.closed) return;
    stream.fail('error', { type: 'error', problem: report(cause, request) } satisfies AnswerEvent);
  }
}

function isLast(event: AnswerEvent): boolean {
  return event.type === 'answer-end' || event.type === 'error';
}
