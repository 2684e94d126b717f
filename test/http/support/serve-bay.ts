import { join } from 'node:path';

import { onTestFinished } from 'vitest';

import type { Assistant } from '../../../src/domain/assistant.ts';
import { type AppOptions, createApp } from '../../../src/http/app.ts';
import { startServer } from '../../../src/http/server.ts';
import { bayArticles } from '../../support/bay-articles.ts';
import { createFolder, writeFiles } from '../../support/folders.ts';
import { assistantFor } from '../../support/footnote-server.ts';
import { type ChatRequest, type Reply, startOpenAiServer } from '../../support/openai-server.ts';
import { asksForAnswer } from '../../support/prompt-pointers.ts';

const limits = { bodyBytes: 20_000, questionLength: 200, historyTurns: 4, answerTimeoutMs: 20_000 };

/** Serves the bay's articles with all real parts and a chat model that gives `reply` when asked for an answer. */
export async function serveBay(
  reply: (request: ChatRequest) => Reply,
  watchedBy: (assistant: Assistant) => Pick<AppOptions, 'observers' | 'metrics'>,
) {
  const folder = await createFolder();
  onTestFinished(() => folder.remove());
  const corpus = join(folder.path, 'corpus');
  await writeFiles(corpus, bayArticles);
  const model = await startOpenAiServer((request) =>
    asksForAnswer(request) ? reply(request) : { steps: ['?'] },
  );
  onTestFinished(() => model.close());
  const assistant = await assistantFor({
    CORPUS_DIR: corpus,
    INDEX_DIR: join(folder.path, 'index'),
    EMBEDDING_WORKERS: '1',
    CHAT_MODEL: 'openai:test',
    OPENAI_BASE_URL: model.baseUrl,
  });
  onTestFinished(() => assistant.close());
  await assistant.ingest();
  const app = createApp({ assistant, limits, ...watchedBy(assistant) });
  const server = await startServer({ app, host: '127.0.0.1', port: 0, shutdownTimeoutMs: 50 });
  onTestFinished(() => server.close());
  return {
    url: server.address,
    ask: (question: string, headers: Record<string, string> = {}) =>
      fetch(`${server.address}/api/answers`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ question }),
      }),
  };
}
