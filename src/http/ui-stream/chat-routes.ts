import { type Request, type RequestHandler, type Response, Router } from 'express';

import type { RequestLimits } from '../../conversation/request-schemas.ts';
import type { AnswerRequest } from '../../domain/answer.ts';
import type { Assistant } from '../../domain/assistant.ts';
import { type CallScope, scoped } from '../call-scope.ts';
import type { FailureReporter } from '../error-handler.ts';
import { mustAccept, onlyMethods, sendProblem } from '../responses.ts';
import { type EventStream, openEventStream } from '../sse/event-stream.ts';
import { createChatRequestParser } from './chat-request.ts';
import { createMessageChunks } from './message-chunks.ts';

export interface ChatRoutesOptions {
  readonly assistant: Pick<Assistant, 'answer'>;
  readonly limits: RequestLimits & { readonly answerTimeoutMs: number };
  /** Puts the parsed JSON into `request.body`. */
  readonly readBody: RequestHandler[];
  readonly heartbeatMs: number;
  readonly report: FailureReporter;
}

/** `POST /api/chat`: answers the AI SDK's `useChat` as a UI message stream. */
export function createChatRoutes(options: ChatRoutesOptions): Router {
  const { readBody, limits } = options;
  const parse = createChatRequestParser(limits);
  const router = Router();
  router
    .route('/api/chat')
    .post(
      mustAccept('text/event-stream'),
      readBody,
      scoped(limits.answerTimeoutMs, (request, response, scope) =>
        streamChat(options, { question: parse(request.body), request, response, scope }),
      ),
    )
    .all(onlyMethods('POST'));
  // Where a chat that is opened again asks for a stream that still runs: there is none, an answer ends with its request.
  router
    .route('/api/chat/:id/stream')
    .get((_request, response) => {
      response.status(204).set('cache-control', 'no-store').end();
    })
    .all(onlyMethods('GET'));
  return router;
}

interface Call {
  readonly question: AnswerRequest;
  readonly request: Request;
  readonly response: Response;
  readonly scope: CallScope;
}

/** Throws while an ordinary error response is still possible, and tells the stream afterwards. */
async function streamChat(
  { assistant, heartbeatMs, report }: ChatRoutesOptions,
  { question, request, response, scope }: Call,
): Promise<void> {
  const chunksOf = createMessageChunks();
  let stream: EventStream | undefined;
  try {
    for await (const event of scope.events(assistant.answer(question, { signal: scope.signal }))) {
      if (event.type === 'error' && !stream) return sendProblem(response, event.problem);
      stream ??= openMessageStream(response, heartbeatMs, scope.signal);
      for (const chunk of chunksOf(event)) await stream.send(chunk.type, chunk);
      if (event.type === 'answer-end' || event.type === 'error') return stream.end();
    }
    throw new Error('The stream of events stopped before the end of the answer.');
  } catch (error) {
    const cause: unknown = scope.signal.aborted ? scope.signal.reason : error;
    if (!stream) throw cause;
    if (response.closed) return;
    const problem = report(cause, request);
    for (const chunk of chunksOf({ type: 'error', problem })) stream.fail(chunk.type, chunk);
  }
}

function openMessageStream(response: Response, heartbeatMs: number, signal: AbortSignal): EventStream {
  response.set('x-vercel-ai-ui-message-stream', 'v1');
  return openEventStream(response, { heartbeatMs, signal, named: false, closing: '[DONE]' });
}
