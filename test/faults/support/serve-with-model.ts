import { join } from 'node:path';

import { afterAll, onTestFinished } from 'vitest';

import { loadConfig } from '../../../src/config.ts';
import type { Answer } from '../../../src/domain/answer.ts';
import { createApp } from '../../../src/http/app.ts';
import { createMetrics } from '../../../src/http/metrics/create-metrics.ts';
import { startServer } from '../../../src/http/server.ts';
import { answerSchema, type ReceivedEvent } from '../../support/answer-schema.ts';
import { createBayIndex } from '../../support/bay-index.ts';
import { type TemporaryFolder } from '../../support/folders.ts';
import { assistantFor, collect, receivedEvents } from '../../support/footnote-server.ts';
import {
  type ChatRequest,
  type OpenAiServer,
  type Reply,
  startOpenAiServer,
} from '../../support/openai-server.ts';
import { asksForAnswer } from '../../support/prompt-pointers.ts';

/** The sentence that answers {@link question}. */
export const capacity = 'The electric ferry carries 240 passengers on each crossing.';
export const question = 'How many passengers does the electric ferry carry on each crossing?';

/** Footnote with one place for answers and none to wait, and its model. */
export interface Faulty {
  readonly url: string;
  readonly model: OpenAiServer;
  /** What the model answers from now on when asked for an answer. */
  reply: (request: ChatRequest) => Reply;
  /** What it answers when asked to translate the question, which comes before. */
  translation: (request: ChatRequest) => Reply;
  ask(asked?: string): Promise<Answer>;
  stream(): Promise<ReceivedEvent[]>;
}

/** The articles and their index, made once for all tests of a file. */
let prepared:
  | Promise<{ readonly folder: TemporaryFolder; readonly places: Record<string, string> }>
  | undefined;

async function prepare() {
  const folder = await createBayIndex();
  const places = { CORPUS_DIR: join(folder.path, 'corpus'), INDEX_DIR: join(folder.path, 'index') };
  return { folder, places };
}

afterAll(async () => (await prepared)?.folder.remove());

/** Serves the bay's articles with a model that fails as the test says. Ends with the test. */
export async function serveWithModel(settings: Readonly<Record<string, string>> = {}): Promise<Faulty> {
  const { places } = await (prepared ??= prepare());
  const model = await startOpenAiServer((request) =>
    asksForAnswer(request) ? faulty.reply(request) : faulty.translation(request),
  );
  onTestFinished(() => model.close());
  const variables = {
    ...places,
    EMBEDDING_WORKERS: '1',
    CHAT_MODEL: 'openai:test',
    OPENAI_BASE_URL: model.baseUrl,
    CHAT_TIMEOUT_MS: '900',
    MAX_CONCURRENT_ANSWERS: '1',
    ANSWER_QUEUE: '0',
    RATE_LIMIT: 'off',
    ...settings,
  };
  const assistant = await assistantFor(variables);
  onTestFinished(() => assistant.close());
  const { limits, traffic } = loadConfig(variables);
  const app = createApp({ assistant, limits, traffic, metrics: createMetrics(assistant) });
  const server = await startServer({ app, host: '127.0.0.1', port: 0, shutdownTimeoutMs: 50 });
  onTestFinished(() => server.close());

  const post = (accept: string, asked: string) =>
    fetch(`${server.address}/api/answers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify({ question: asked }),
    });
  const faulty: Faulty = {
    url: server.address,
    model,
    reply: () => ({ hang: true }),
    translation: () => ({ steps: ['?'] }),
    async ask(asked = question) {
      const response = await post('application/json', asked);
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      return answerSchema.parse(await response.json());
    },
    stream: async () => collect(receivedEvents(await post('text/event-stream', question))),
  };
  return faulty;
}
