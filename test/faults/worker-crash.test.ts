import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { answerSchema } from '../support/answer-schema.ts';
import { createBayIndex } from '../support/bay-index.ts';
import { startCommand } from '../support/command.ts';
import { type TemporaryFolder, writeFiles } from '../support/folders.ts';

const question = 'How many passengers does the electric ferry carry on each crossing?';

/**
 * Loaded into every thread of a server: one that is about to run the model ends, as if it had crashed, when it finds a file `die`,
 * and renames it first. Not while the model runs: onnxruntime then takes the whole process with it.
 */
const mortal = (dir: string) => `
  import { renameSync } from 'node:fs';
  import { isMainThread, threadId } from 'node:worker_threads';
  import process from 'node:process';
  import { InferenceSession } from ${JSON.stringify(import.meta.resolve('onnxruntime-node'))};
  const create = InferenceSession.create;
  let serial = 0;
  if (!isMainThread) InferenceSession.create = async (...given) => {
    const session = await create.call(InferenceSession, ...given);
    const run = session.run;
    session.run = (...texts) => {
      const name = ${JSON.stringify(dir)} + '/di';
      let dies = true;
      try { renameSync(name + 'e', name + 'ed-' + threadId + '-' + serial++); } catch { dies = false; }
      if (dies) process.exit(9);
      return run.apply(session, texts);
    };
    return session;
  };
`;

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await createBayIndex();
  await writeFiles(folder.path, { 'mortal.mjs': mortal(folder.path) });
});

afterAll(() => folder.remove());

/** The next thread that is about to embed something ends. */
const kill = () => writeFile(join(folder.path, 'die'), '');

/** How many have ended. */
async function deaths(): Promise<number> {
  return (await readdir(folder.path)).filter((name) => name.startsWith('died-')).length;
}

async function serve() {
  const preload = pathToFileURL(join(folder.path, 'mortal.mjs')).href;
  const running = startCommand('serve', ['--port', '0'], {
    cwd: folder.path,
    env: { RATE_LIMIT: 'off', LOG_LEVEL: 'silent', NODE_OPTIONS: `--import ${preload}` },
  });
  onTestFinished(async () => {
    running.signal('SIGTERM');
    expect((await running.finished).code).toBe(0);
  });
  const [, url = ''] = await running.printed(/Footnote answers on (http:\S+)\n/u);
  return (path: string, body: unknown) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
}

describe('a server whose thread that embeds crashes', { timeout: 120_000 }, () => {
  it('answers those who were waiting, with a new thread; of what kills two it says what failed', async () => {
    const post = await serve();
    const ask = () => post('/api/answers', { question });
    expect((await ask()).status).toBe(200);
    const before = await deaths();
    await kill();
    const statuses = (await Promise.all(Array.from({ length: 6 }, ask))).map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200]);
    expect(await deaths()).toBe(before + 1);

    // One dies, and its successor as well.
    let isAnswered = false;
    const asked = ask().finally(() => {
      isAnswered = true;
    });
    await expect
      .poll(
        async () => {
          await kill();
          return isAnswered;
        },
        { interval: 5, timeout: 20_000 },
      )
      .toBe(true);
    await rm(join(folder.path, 'die'), { force: true });
    const response = await asked;
    expect([response.status, await response.json()]).toMatchObject([
      502,
      { type: 'urn:footnote:model-failed' },
    ]);
    expect(await deaths()).toBeGreaterThanOrEqual(before + 2);
    expect((await ask()).status).toBe(200);
  });

  it('finishes an ingest', async () => {
    const post = await serve();
    const before = await deaths();
    await kill();
    const text =
      'The tide mill of Osprey Bay turned again on 3 May 2024. It grinds two tonnes of grain each day.';
    const response = await post('/api/articles', {
      id: 'tide-mill',
      title: 'The tide mill',
      language: 'en',
      text,
    });
    expect(response.status).toBe(202);
    const asked = { question: 'How much grain does the tide mill grind each day?' };
    await expect
      .poll(async () => answerSchema.parse(await (await post('/api/answers', asked)).json()).text, {
        timeout: 60_000,
      })
      .toContain('two tonnes');
    expect(await deaths()).toBe(before + 1);
  });
});
