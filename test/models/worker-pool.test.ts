import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createWorkerPool, type WorkerPool } from '../../src/models/worker-pool.ts';

describe('a worker pool', () => {
  let folder: string;
  let pool: WorkerPool<string, string> | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'footnote-workers-'));
  });
  afterEach(async () => {
    await pool?.close();
    await rm(folder, { recursive: true });
  });

  async function poolOf(source: string, threads = 2): Promise<WorkerPool<string, string>> {
    const module = join(folder, 'worker.mjs');
    await writeFile(module, source);
    pool = createWorkerPool({ module: pathToFileURL(module), name: 'work', threads, workerData: 'data' });
    return pool;
  }

  const obedient = `
    import { workerData } from 'node:worker_threads';
    export function work(task) {
      if (task === 'exit') process.exit(3);
      if (task === 'throw') throw new Error('thrown');
      if (task === 'crash') { setImmediate(() => { throw new Error('crashed'); }); return new Promise(() => {}); }
      if (task === 'hang') return new Promise((resolve) => setTimeout(resolve, 1e6));
      return workerData.data + ':' + task;
    }`;

  it('runs tasks with its data', async () => {
    const workers = await poolOf(obedient);
    expect(await Promise.all(['a', 'b', 'c'].map((task) => workers.run(task)))).toEqual([
      'data:a',
      'data:b',
      'data:c',
    ]);
  });

  it.each([
    ['exit', 'worker exited with code: 3'],
    ['throw', 'thrown'],
    ['crash', 'crashed'],
  ])('reports a worker that meets its end (%s) and goes on', async (task, message) => {
    const workers = await poolOf(obedient, 1);
    const [failed, next] = await Promise.allSettled([workers.run(task), workers.run('next')]);
    expect(failed).toMatchObject({ status: 'rejected', reason: { message } });
    expect(next).toEqual({ status: 'fulfilled', value: 'data:next' });
    expect(await workers.run('later')).toBe('data:later');
  });

  it.each([
    ['throws', `throw new Error('no start');`],
    ['exits', `process.exit(4);`],
    ['does not parse', `export function {`],
    ['exports something else', `export const other = 1;`],
  ])('rejects every task when a worker cannot start because its module %s', async (_what, source) => {
    const workers = await poolOf(source);
    const outcomes = await Promise.allSettled(['a', 'b', 'c', 'd'].map((task) => workers.run(task)));
    expect(outcomes.map((outcome) => outcome.status)).toEqual([
      'rejected',
      'rejected',
      'rejected',
      'rejected',
    ]);
    await expect(workers.run('e')).rejects.toBeInstanceOf(Error);
  });

  it('rejects what runs and what waits when it is closed', async () => {
    const workers = await poolOf(obedient, 1);
    await workers.run('warm');
    const running = Promise.allSettled([workers.run('hang'), workers.run('waits')]);
    await workers.close();
    expect((await running).map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
    await expect(workers.run('x')).rejects.toThrow('closed');
  });
});
