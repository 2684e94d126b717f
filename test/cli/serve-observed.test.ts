import { join } from 'node:path';

import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';

import { bayArticles } from '../support/bay-articles.ts';
import { startCommand } from '../support/command.ts';
import { createFolder, writeFiles } from '../support/folders.ts';
import { startOtlpServer } from '../support/otlp-server.ts';

const lineSchema = z.looseObject({ level: z.string(), msg: z.string() });
const question = 'How many passengers does the electric ferry carry on each crossing?';

async function startServing(env: Record<string, string>) {
  const folder = await createFolder();
  await writeFiles(join(folder.path, 'corpus'), bayArticles);
  const running = startCommand('serve', ['--port', '0'], { cwd: folder.path, env });
  onTestFinished(async () => {
    running.signal('SIGKILL');
    await running.finished;
    await folder.remove();
  });
  const [, url = ''] = await running.printed(/Footnote answers on (http:\S+)\n/u);
  return { running, url };
}

it('logs JSON lines, serves metrics, and sends its traces before it ends', { timeout: 60_000 }, async () => {
  const otlp = await startOtlpServer();
  onTestFinished(() => otlp.close());
  const { running, url } = await startServing({ OTEL_EXPORTER_OTLP_ENDPOINT: otlp.endpoint });
  const response = await fetch(`${url}/api/answers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': 'check-1' },
    body: JSON.stringify({ question }),
  });
  expect(response.headers.get('x-request-id')).toBe('check-1');
  await response.text();
  expect(await (await fetch(`${url}/metrics`)).text()).toContain('footnote_index_articles 6');
  await running.printed(/"requestId":"check-1"/u);
  running.signal('SIGTERM');
  const { code, stderr } = await running.finished;
  expect(code).toBe(0);
  const lines = stderr
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => lineSchema.parse(JSON.parse(line)));
  expect(lines.map(({ msg }) => msg)).toEqual(['Started', 'POST /api/answers 200']);
  expect(lines[0]).toMatchObject({ level: 'info', address: url, generation: { articles: 6 } });
  expect(lines[1]).toMatchObject({ answer: { outcome: 'answered', writer: 'extractive' } });
  expect(stderr).not.toContain('passengers');
  const names = otlp.spans.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['POST /api/answers', 'understand', 'retrieve', 'write']));
  expect(new Set(otlp.spans.map((span) => span.service))).toEqual(new Set(['footnote']));
});

it('does what the settings say: lines for people, questions, no metrics', { timeout: 60_000 }, async () => {
  const settings = { LOG_FORMAT: 'pretty', LOG_QUESTIONS: 'true', METRICS: 'off' };
  const { running, url } = await startServing(settings);
  expect((await fetch(`${url}/metrics`)).status).toBe(404);
  await fetch(`${url}/api/answers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ question }),
  });
  const [line] = await running.printed(/^\d\d:\d\d:\d\d INFO {2}POST \/api\/answers 200 .*$/mu);
  expect(line).toContain(`answer.question="${question}"`);
  running.signal('SIGTERM');
  expect((await running.finished).code).toBe(0);
});
