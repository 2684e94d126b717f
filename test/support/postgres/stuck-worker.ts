import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { onTestFinished } from 'vitest';

import { serverUrl } from './server-database.ts';

/** A worker in a process of its own, which takes a job and then never comes to the end of embedding. */
export function startStuckWorker({
  schema,
  corpusDir,
}: {
  readonly schema: string;
  readonly corpusDir: string;
}): { kill(): Promise<void> } {
  const script = fileURLToPath(new URL('stuck-worker-process.mjs', import.meta.url));
  const worker = spawn(process.execPath, [script, serverUrl(), schema, corpusDir], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = once(worker, 'exit');
  const kill = async () => {
    worker.kill('SIGKILL');
    await ended;
  };
  onTestFinished(kill);
  return { kill };
}
