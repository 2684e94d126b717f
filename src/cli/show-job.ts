import process from 'node:process';

import type { IngestAdmin } from '../domain/ingest-admin.ts';
import type { IngestJob } from '../domain/ingest-job.ts';
import { formatJobResult } from './format-report.ts';
import { createProgressDisplay } from './progress-display.ts';

/**
 * Waits for a job, showing how far it is, and prints what it did.
 *
 * @returns the exit code: 0 when it is done and nothing of it failed, else 1.
 * @throws the signal's reason.
 */
export async function showJob(admin: IngestAdmin, job: IngestJob, signal: AbortSignal): Promise<number> {
  const display = createProgressDisplay(process.stderr);
  let last = job;
  try {
    for await (const state of admin.follow(job.id, { signal })) {
      last = state;
      if (state.progress) display.show(state.progress);
    }
  } finally {
    display.stop();
  }
  if (last.result) process.stdout.write(formatJobResult(last.result));
  if (last.error !== undefined) process.stderr.write(`${last.error}\n`);
  return last.state === 'done' && last.result?.failed.length === 0 ? 0 : 1;
}
