import type { Request, Response } from 'express';

import type { AnswerEvent } from '../../domain/answer-event.ts';
import type { AnswerRequest } from '../../domain/answer.ts';
import type { Assistant } from '../../domain/assistant.ts';
import type { CallScope } from '../call-scope.ts';
import type { FailureReporter } from '../error-handler.ts';
import { sendProblem } from '../responses.ts';
import { type EventStream, type EventStreamOptions, openEventStream } from '../sse/event-stream.ts';
import { type OpenAiError, openAiError } from './errors.ts';
import type { Reply } from './reply.ts';

/** What answering needs. */
export interface AnswerRunner {
  readonly assistant: Pick<Assistant, 'answer'>;
  readonly heartbeatMs: number;
  readonly report: FailureReporter;
}

/** One question, and who asks it. */
export interface Call {
  readonly question: AnswerRequest;
  readonly request: Request;
  readonly response: Response;
  readonly scope: CallScope;
}

/** How an interface tells an answer as events. */
export interface Telling<T> extends Pick<EventStreamOptions, 'named' | 'closing'> {
  /** What an event of the answer is in this interface. */
  readonly of: (event: AnswerEvent) => readonly T[];
  /** The last event of an answer that failed. */
  readonly failure: (error: OpenAiError) => T;
  /** The name of an event; it is not sent where events are not `named`. */
  readonly nameOf: (told: T) => string;
}

/** The whole answer at once; `undefined` where the response already tells why there is none. */
export async function replyAtOnce(
  { assistant }: AnswerRunner,
  { question, response, scope }: Call,
): Promise<Reply | undefined> {
  for await (const event of scope.events(assistant.answer(question, { signal: scope.signal }))) {
    if (event.type === 'answer-end') return { answer: event.answer, usage: event.usage };
    if (event.type === 'error') {
      sendProblem(response, event.problem);
      return undefined;
    }
  }
  throw stopped();
}

/** Throws while an ordinary error response is still possible, and tells the stream afterwards. */
export async function streamReply<T>(
  { assistant, heartbeatMs, report }: AnswerRunner,
  { question, request, response, scope }: Call,
  { of, failure, nameOf, ...form }: Telling<T>,
): Promise<void> {
  let stream: EventStream | undefined;
  const fail = (opened: EventStream, error: OpenAiError) => {
    const told = failure(error);
    opened.fail(nameOf(told), told);
  };
  try {
    for await (const event of scope.events(assistant.answer(question, { signal: scope.signal }))) {
      if (event.type === 'error') {
        if (!stream) return sendProblem(response, event.problem);
        return fail(stream, openAiError(event.problem));
      }
      stream ??= openEventStream(response, { heartbeatMs, signal: scope.signal, ...form });
      for (const told of of(event)) await stream.send(nameOf(told), told);
      if (event.type === 'answer-end') return stream.end();
    }
    throw stopped();
  } catch (error) {
    const cause: unknown = scope.signal.aborted ? scope.signal.reason : error;
    if (!stream) throw cause;
    if (response.closed) return;
    fail(stream, openAiError(report(cause, request)));
  }
}

function stopped(): Error {
  return new Error('The stream of events stopped before the end of the answer.');
}
