import type { AnswerEvent, AnswerRequest, Article, Feedback, Language, Problem } from '../protocol/answer.ts';
import { createEventStreamParser } from './event-stream-parser.ts';
import { onServer } from './links.ts';
import { parseRetryAfter } from './retry-after.ts';

/** The `status` of a problem that no server reported: the connection failed, or broke in the middle. */
export const connectionFailed = 0;
export const connectionBroken = -1;

/** What went wrong, and when to try again, if the server says so. */
export interface ClientProblem extends Problem {
  /** Seconds from now. */
  readonly retryAfter?: number;
}

/** An event of an answer, or how it failed. */
export type ClientEvent =
  | Exclude<AnswerEvent, { type: 'error' }>
  | { readonly type: 'error'; readonly problem: ClientProblem };

/** A question as it is sent. Filters go as the page states them: the server refuses those that it does not know. */
export type ClientRequest = Omit<AnswerRequest, 'filters'> & { readonly filters?: unknown };

/** The server, as the widget uses it. */
export interface Client {
  /**
   * Asks, and yields the answer's events as they arrive. Whatever goes wrong is an `error` event as well.
   * Once `signal` is aborted, nothing more comes.
   */
  ask(request: ClientRequest, signal: AbortSignal): AsyncGenerator<ClientEvent, void>;
  /** An article in that version. Rejects when it cannot be fetched. */
  article(id: string, version: string, signal: AbortSignal): Promise<Article>;
  /** Suggested questions; none when they cannot be fetched. */
  suggestions(language: Language, signal: AbortSignal): Promise<string[]>;
  /** Rejects when it cannot be sent. */
  sendFeedback(answerId: string, feedback: Feedback): Promise<void>;
}

/**
 * A client of the server at `endpoint`.
 *
 * @param options.idleMs - silence after which a stream counts as broken; the server sends a comment every 15 s.
 */
export function createClient(endpoint: string, { idleMs = 45_000 } = {}): Client {
  const address = (path: string) => onServer(path, endpoint) ?? '';
  const get = async (path: string, signal: AbortSignal): Promise<unknown> => {
    const response = await fetch(address(path), { headers: { accept: 'application/json' }, signal });
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    return response.json();
  };
  const post = (path: string, accept: string, body: unknown, signal?: AbortSignal) =>
    fetch(address(path), {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify(body),
      ...(signal && { signal }),
    });

  return {
    async *ask(request, signal) {
      let isOpen = false;
      try {
        const response = await post('api/answers', 'text/event-stream', request, signal);
        if (!response.ok || !response.body) {
          yield { type: 'error', problem: await readProblem(response) };
          return;
        }
        isOpen = true;
        yield* readEvents(response.body, idleMs);
      } catch (error) {
        if (signal.aborted) return;
        yield { type: 'error', problem: brokenConnection(isOpen, String(error)) };
      }
    },
    async article(id, version, signal) {
      const path = `api/articles/${encodeURIComponent(id)}?version=${encodeURIComponent(version)}`;
      const article = await get(path, signal);
      if (!isArticle(article)) throw new Error('That is no article.');
      return article;
    },
    async suggestions(language, signal) {
      const body = await get(`api/suggestions?lang=${language}`, signal).catch(() => undefined);
      const list = typeof body === 'object' && body !== null && 'suggestions' in body ? body.suggestions : [];
      return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
    },
    async sendFeedback(answerId, feedback) {
      const path = `api/answers/${encodeURIComponent(answerId)}/feedback`;
      const response = await post(path, 'application/json', feedback);
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    },
  };
}

async function* readEvents(
  body: ReadableStream<Uint8Array>,
  idleMs: number,
): AsyncGenerator<ClientEvent, void> {
  const parse = createEventStreamParser();
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await withinTime(reader.read(), idleMs);
      if (done) throw new Error('The answer broke off.');
      for (const { data } of parse(decoder.decode(value, { stream: true }))) {
        const event: unknown = JSON.parse(data);
        if (!isAnswerEvent(event)) continue;
        yield event;
        if (event.type === 'answer-end' || event.type === 'error') return;
      }
    }
  } finally {
    // Its failure is of no interest: the answer is over.
    reader.cancel().catch(() => undefined);
  }
}

async function withinTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The server fell silent.')), milliseconds);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
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

// The page chose this server: its events are taken at their word, unknown ones are skipped.
function isAnswerEvent(value: unknown): value is AnswerEvent {
  return typeof value === 'object' && value !== null && 'type' in value && eventTypes.has(value.type);
}

function isArticle(value: unknown): value is Article {
  return typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string';
}

async function readProblem(response: Response): Promise<ClientProblem> {
  const body: unknown = await response.json().catch(() => undefined);
  const detail = typeof body === 'object' && body !== null && 'detail' in body ? body.detail : undefined;
  const retryAfter = parseRetryAfter(response.headers.get('retry-after'), Date.now());
  return {
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    ...(typeof detail === 'string' && { detail }),
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

function brokenConnection(isOpen: boolean, title: string): ClientProblem {
  return { type: 'about:blank', title, status: isOpen ? connectionBroken : connectionFailed };
}
