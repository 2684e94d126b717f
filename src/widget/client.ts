import type { AnswerEvent, AnswerRequest, Problem } from '../protocol/answer.ts';
import { createEventStreamParser } from './event-stream-parser.ts';

const answersUrl = new URL('../api/answers', import.meta.url);

/** The `status` of a problem that no server reported: the connection failed. */
export const connectionFailed = 0;

/**
 * Asks, and yields the answer's events as they arrive. Whatever goes wrong is an `error` event as well.
 * Once `signal` is aborted, nothing more comes.
 */
export async function* streamAnswer(
  request: AnswerRequest,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent, void> {
  try {
    const response = await fetch(answersUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify(request),
      signal,
    });
    if (!response.ok || !response.body) {
      yield { type: 'error', problem: await readProblem(response) };
      return;
    }
    const parse = createEventStreamParser();
    const decoder = new TextDecoder();
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      for (const { data } of parse(decoder.decode(value, { stream: true }))) {
        const event: unknown = JSON.parse(data);
        if (!isAnswerEvent(event)) continue;
        yield event;
        if (event.type === 'answer-end' || event.type === 'error') return;
      }
    }
  } catch (error) {
    if (signal.aborted) return;
    yield { type: 'error', problem: connectionProblem(error) };
    return;
  }
  if (!signal.aborted) yield { type: 'error', problem: connectionProblem('The answer broke off.') };
}

const eventTypes: ReadonlySet<unknown> = new Set<AnswerEvent['type']>([
  'answer-start',
  'evidence',
  'text-delta',
  'citation',
  'sentence-verdict',
  'answer-end',
  'error',
]);

// The server is the one that this page came from: its events are taken at their word, unknown ones are skipped.
function isAnswerEvent(value: unknown): value is AnswerEvent {
  return typeof value === 'object' && value !== null && 'type' in value && eventTypes.has(value.type);
}

async function readProblem(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined);
  const detail = typeof body === 'object' && body !== null && 'detail' in body ? body.detail : undefined;
  return {
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    ...(typeof detail === 'string' && { detail }),
  };
}

function connectionProblem(reason: unknown): Problem {
  return { type: 'about:blank', title: String(reason), status: connectionFailed };
}
