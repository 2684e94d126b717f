import { join } from 'node:path';

import { createParser, type EventSourceMessage } from 'eventsource-parser';
import type { z } from 'zod';

import { createAssistant, type LocalAssistant } from '../../src/assistant.ts';
import { loadConfig } from '../../src/config.ts';
import type { Answer, AnswerRequest } from '../../src/domain/answer.ts';
import { createApp } from '../../src/http/app.ts';
import { startServer } from '../../src/http/server.ts';
import { answerSchema, articleSchema, eventSchema, type ReceivedEvent } from './answer-schema.ts';
import { checkAnswer } from './check-answer.ts';

/** Settings by the names of their variables. */
export type Settings = Readonly<Record<string, string>>;

/** What may be set of a request. */
interface PostOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Footnote with all its real parts, served on a free port, and a client of it. */
export interface FootnoteServer {
  readonly url: string;
  readonly assistant: LocalAssistant;
  post(path: string, body: unknown, init?: PostOptions): Promise<Response>;
  /** The parsed body of a successful `GET`. */
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>;
  /** Asks for the answer resource and checks all that is promised of it, see {@link checkAnswer}. */
  askAndCheck(request: AnswerRequest): Promise<Answer>;
  /** The same as a stream, checked too when it reaches its end. */
  stream(request: AnswerRequest, signal?: AbortSignal): AsyncGenerator<ReceivedEvent>;
  /** Ends the server and the assistant. @throws Error when a request failed on the server's side. */
  close(): Promise<void>;
}

// What the environment of the person who runs the tests sets must not decide them.
const neutral: Settings = {
  CHAT_MODEL: '',
  EMBEDDINGS: 'bundled',
  // Starting a thread takes longer than what most tests have for one. Tests of the threads themselves start several.
  EMBEDDING_WORKERS: '1',
  PARSE_WORKERS: '1',
  OPENAI_API_KEY: '',
  OPENAI_BASE_URL: '',
  ANSWER_LANGUAGE: 'auto',
  TOP_K: '8',
};

/** An assistant over real files with the bundled model. */
export function assistantFor(settings: Settings): Promise<LocalAssistant> {
  return createAssistant(loadConfig({ ...neutral, ...settings }));
}

/** Files of one request, in files of the largest size. */
const filesInRequest = 10;

/** Serves an assistant with these settings (`CORPUS_DIR` and `INDEX_DIR` at least), with what its editors use. */
export async function serveFootnote(settings: Settings): Promise<FootnoteServer> {
  const config = loadConfig({ ...neutral, ...settings });
  const assistant = await createAssistant(config);
  const failures: unknown[] = [];
  const { maxFileBytes } = config.parse;
  const app = createApp({
    assistant,
    limits: config.limits,
    onError: (error) => failures.push(error),
    ingestAdmin: assistant.admin,
    uploads: {
      dir: join(config.indexDir, 'uploads'),
      maxFileBytes,
      maxBytes: filesInRequest * maxFileBytes,
    },
  });
  const server = await startServer({ app, host: '127.0.0.1', port: 0, shutdownTimeoutMs: 2_000 });
  const url = server.address;

  const post: FootnoteServer['post'] = (path, body, init = {}) =>
    fetch(`${url}${path}`, {
      ...init,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...init.headers },
      body: JSON.stringify(body),
    });

  const get: FootnoteServer['get'] = async (path, schema) => {
    const response = await fetch(`${url}${path}`);
    if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
    return schema.parse(await response.json());
  };

  const check = (answer: Answer) =>
    checkAnswer(answer, (id) => get(`/api/articles/${encodeURIComponent(id)}`, articleSchema));

  return {
    url,
    assistant,
    post,
    get,
    async askAndCheck(request) {
      const response = await post('/api/answers', request, { headers: { accept: 'application/json' } });
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      const answer = answerSchema.parse(await response.json());
      await check(answer);
      return answer;
    },
    async *stream(request, signal) {
      const response = await post('/api/answers', request, {
        headers: { accept: 'text/event-stream' },
        ...(signal && { signal }),
      });
      for await (const event of receivedEvents(response)) {
        if (event.type === 'answer-end') await check(event.answer);
        yield event;
      }
    },
    async close() {
      await server.close();
      await assistant.close();
      if (failures.length > 0) throw new AggregateError(failures, 'Requests failed on the server.');
    },
  };
}

/** The events of a `text/event-stream` as they arrive. */
export async function* receivedEvents(response: Response): AsyncGenerator<ReceivedEvent> {
  if (!response.ok || !response.body) throw new Error(`${response.status} ${await response.text()}`);
  const messages: EventSourceMessage[] = [];
  const parser = createParser({
    onEvent: (message) => messages.push(message),
    onError: (error) => {
      throw error;
    },
  });
  const decoder = new TextDecoder();
  for await (const chunk of response.body) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    for (const message of messages.splice(0)) {
      const event = eventSchema.parse(JSON.parse(message.data));
      if (message.event !== event.type) throw new Error(`"${message.event}" carries "${event.type}".`);
      yield event;
    }
  }
}

/** The answer that a finished stream ended with. */
export function endOf(events: readonly ReceivedEvent[]): Answer {
  const last = events.at(-1);
  if (last?.type !== 'answer-end') throw new Error(`The stream ended with "${last?.type}".`);
  return last.answer;
}

/** Everything that an asynchronous sequence yields. */
export async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}
