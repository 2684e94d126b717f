import { type Request, type RequestHandler, type Response, Router } from 'express';

import type { KeptResponse } from '../../conversation/idempotency-store.ts';
import { answerSchema } from '../../conversation/record-schemas.ts';
import type { AnswerEvent } from '../../domain/answer-event.ts';
import type { Answer, AnswerRequest } from '../../domain/answer.ts';
import type { Assistant } from '../../domain/assistant.ts';
import { type CallScope, scoped } from '../call-scope.ts';
import type { FailureReporter } from '../error-handler.ts';
import { type AnswerOnce, sendKept } from '../idempotency.ts';
import { replayedEvents } from '../replayed-events.ts';
import { mustAccept, onlyMethods, sendProblem } from '../responses.ts';
import type { createRequestSchemas } from '../schemas.ts';
import { type EventStream, openEventStream } from '../sse/event-stream.ts';

const json = 'application/json';
const eventStream = 'text/event-stream';

export interface AnswerRoutesOptions {
  readonly assistant: Pick<Assistant, 'answer' | 'ask'>;
  readonly answerOnce: AnswerOnce;
  readonly schema: ReturnType<typeof createRequestSchemas>['answer'];
  /** Puts the parsed JSON into `request.body`. */
  readonly readBody: RequestHandler[];
  readonly answerTimeoutMs: number;
  readonly heartbeatMs: number;
  readonly report: FailureReporter;
}

/** `POST /api/answers`: the answer as one JSON object, or as a stream of events, as the client accepts. */
export function createAnswerRoutes(options: AnswerRoutesOptions): Router {
  const { answerOnce, schema, readBody, answerTimeoutMs } = options;
  const router = Router();
  router
    .route('/api/answers')
    .post(
      mustAccept(json, eventStream),
      readBody,
      scoped(answerTimeoutMs, async (request, response, scope) => {
        const question = schema.parse(request.body);
        response.vary('Accept');
        const isStream = request.accepts([json, eventStream]) === eventStream;
        const call = { request, response, scope };
        await answerOnce({
          request,
          response,
          body: question,
          timeoutMs: answerTimeoutMs,
          answer: (keep) =>
            isStream
              ? streamAnswer(options, { ...call, question, keep })
              : sendAnswer(options, { ...call, question, keep }),
          ...(isStream && { replay: ({ body }) => replayAnswer(options, { ...call, body }) }),
        });
      }),
    )
    .all(onlyMethods('POST'));
  return router;
}

interface Call {
  readonly request: Request;
  readonly response: Response;
  readonly scope: CallScope;
}

interface NewCall extends Call {
  readonly question: AnswerRequest;
  readonly keep: (kept: KeptResponse) => Promise<void>;
}

async function sendAnswer(
  { assistant }: AnswerRoutesOptions,
  { question, response, scope, keep }: NewCall,
): Promise<void> {
  const answer = keepable(await scope.race(assistant.ask(question, { signal: scope.signal })));
  await keep(answer);
  sendKept(response, answer);
}

/** The stream of an answer that was given before: its sentences, but not its pauses. */
async function replayAnswer(
  { heartbeatMs }: AnswerRoutesOptions,
  { response, scope, body }: Call & { readonly body: string },
): Promise<void> {
  const answer = answerSchema.parse(JSON.parse(body));
  const stream = openEventStream(response, { heartbeatMs, signal: scope.signal });
  for (const event of replayedEvents(answer)) await stream.send(event.type, event);
  stream.end();
}

function keepable(answer: Answer): KeptResponse {
  return { status: 200, headers: {}, body: JSON.stringify(answer) };
}

/** Throws while an ordinary error response is still possible, and tells the stream afterwards. */
async function streamAnswer(
  { assistant, heartbeatMs, report }: AnswerRoutesOptions,
  { question, request, response, scope, keep }: NewCall,
): Promise<void> {
  let stream: EventStream | undefined;
  try {
    for await (const event of scope.events(assistant.answer(question, { signal: scope.signal }))) {
      if (event.type === 'error' && !stream) return sendProblem(response, event.problem);
      stream ??= openEventStream(response, { heartbeatMs, signal: scope.signal });
      if (event.type === 'answer-end') await keep(keepable(event.answer));
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
