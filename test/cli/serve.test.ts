import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { answerSchema, articleSchema } from '../support/answer-schema.ts';
import { createBayIndex } from '../support/bay-index.ts';
import { checkAnswer } from '../support/check-answer.ts';
import { runCommand, startCommand } from '../support/command.ts';
import { createFolder, type TemporaryFolder } from '../support/folders.ts';
import { endOf, receivedEvents } from '../support/footnote-server.ts';
import { createGate, type Reply, startOpenAiServer } from '../support/openai-server.ts';
import { asksForAnswer } from '../support/prompt-pointers.ts';

const question = 'How many passengers does the electric ferry carry on each crossing?';

type OnTestFinished = (end: () => Promise<void>) => void;

let folder: TemporaryFolder;
let copies = 0;

beforeAll(async () => {
  folder = await createBayIndex();
});

afterAll(() => folder.remove());

/** Starts the server in the folder with the corpus and waits for its address. */
async function serve(onTestFinished: OnTestFinished, env: Record<string, string> = {}) {
  // One writer at a time: each server brings an index of its own up to date.
  copies += 1;
  const index = join(folder.path, `index-${copies}`);
  await cp(join(folder.path, 'index'), index, { recursive: true });
  const running = startCommand('serve', ['--port', '0', '--index', index], { cwd: folder.path, env });
  onTestFinished(async () => {
    running.signal('SIGKILL');
    await running.finished;
  });
  const [, url = ''] = await running.printed(/Footnote answers on (http:\S+)\n/u);
  const post = (accept: string) =>
    fetch(`${url}/api/answers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify({ question }),
    });
  return { running, url, post };
}

/** Settings for a chat model that gives this reply when it is asked for an answer. */
async function chat(onTestFinished: OnTestFinished, reply: Reply) {
  const model = await startOpenAiServer((request) => (asksForAnswer(request) ? reply : { steps: ['?'] }));
  onTestFinished(() => model.close());
  return { CHAT_MODEL: 'openai:test', OPENAI_BASE_URL: model.baseUrl, CHAT_TIMEOUT_MS: '600000' };
}

describe.concurrent('serve', { timeout: 90_000 }, () => {
  it('prints its address, brings the index up to date, answers, and ends with SIGTERM and exit code 0', async ({
    onTestFinished,
  }) => {
    const { running, url, post } = await serve(onTestFinished);
    const page = await fetch(url);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    const answer = answerSchema.parse(await (await post('application/json')).json());
    expect(answer.abstained).toBe(false);
    await checkAnswer(answer, async (id) =>
      articleSchema.parse(await (await fetch(`${url}/api/articles/${id}`)).json()),
    );
    await running.printed(/^Articles: 0 added, 0 changed, 6 unchanged/mu);
    running.signal('SIGTERM');
    expect((await running.finished).code).toBe(0);
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('serves the index that is there although the articles have gone, and says so', async ({
    onTestFinished,
  }) => {
    const empty = await createFolder();
    onTestFinished(() => empty.remove());
    const { running, post } = await serve(onTestFinished, { CORPUS_DIR: empty.path });
    await running.printed(/There are no articles in .*\n?.*Serving the index as it is\./u);
    const answer = answerSchema.parse(await (await post('application/json')).json());
    expect(answer.abstained).toBe(false);
  });

  it('lets a streamed answer end after SIGTERM', async ({ onTestFinished }) => {
    const gate = createGate();
    const steps = ['It takes 240 passengers [S1]. It', gate.opened, ' opened in 2023 [S1].'];
    const { running, post } = await serve(onTestFinished, await chat(onTestFinished, { steps }));
    const events = [];
    for await (const event of receivedEvents(await post('text/event-stream'))) {
      events.push(event);
      if (event.type !== 'sentence-verdict' || event.sentence.start > 0) continue;
      running.signal('SIGTERM');
      await running.printed(/Stopping/u);
      gate.open();
    }
    const said = endOf(events).text.replaceAll(/ \[\d+\]/gu, '');
    expect(said).toBe('It takes 240 passengers. It opened in 2023.');
    expect((await running.finished).code).toBe(0);
  });

  it('cuts off an answer that does not end within the limit, and still ends cleanly', async ({
    onTestFinished,
  }) => {
    const steps = ['It takes 240 passengers [S1]. It', new Promise<never>(() => {})];
    const settings = { ...(await chat(onTestFinished, { steps })), SHUTDOWN_TIMEOUT_MS: '200' };
    const { running, post } = await serve(onTestFinished, settings);
    const events: string[] = [];
    const reading = (async () => {
      for await (const event of receivedEvents(await post('text/event-stream'))) {
        events.push(event.type);
        if (event.type === 'sentence-verdict') running.signal('SIGTERM');
      }
    })().catch(() => undefined);
    const { code, stderr } = await running.finished;
    await reading;
    expect(events).not.toContain('answer-end');
    expect({ code, stderr: stderr.includes('Unexpected') }).toEqual({ code: 0, stderr: false });
  });

  it('ends with SIGINT as well', async ({ onTestFinished }) => {
    const { running } = await serve(onTestFinished);
    running.signal('SIGINT');
    expect((await running.finished).code).toBe(0);
  });

  it('says that a port is taken and how to choose another, with exit code 2', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = z.object({ port: z.number() }).parse(other.address());
    try {
      const { code, stderr } = await runCommand('serve', ['--port', String(port)], { cwd: folder.path });
      expect(code).toBe(2);
      expect(stderr).toContain(`Port ${port}`);
      expect(stderr).toContain('PORT');
    } finally {
      other.close();
    }
  });
});
