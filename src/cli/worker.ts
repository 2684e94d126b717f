import process from 'node:process';

import { createAssistant } from '../assistant.ts';
import { FootnoteError, messageWithRemedy } from '../domain/errors.ts';
import type { IngestJob } from '../domain/ingest-job.ts';
import { runCommand } from './command.ts';

const usage = `Usage: npm run -s worker
Carries out what is to be done to the articles of a shared store (STORE), together with whatever other workers there are,
until it is stopped. What it is at then is handed to another one.`;

await runCommand(usage, async ({ config, signal }) => {
  const { store } = config;
  if (store.kind === 'folder') {
    throw new FootnoteError('configuration', 'Only needed with STORE=postgres://…', {
      remedy: 'With the index in a folder, npm start and npm run -s ingest do the work themselves.',
    });
  }
  const assistant = await createAssistant(config, { onStoreError: tell });
  try {
    process.stdout.write(`Working for the schema ${store.schema}. Stop with Ctrl-C.\n`);
    await assistant.work?.({
      signal,
      onError: tell,
      onJob: (job) => process.stdout.write(`${lineOf(job)}\n`),
    });
  } finally {
    await assistant.close();
  }
});

/** What became of a job, in one line. */
function lineOf({ id, kind, subject, result, error }: IngestJob): string {
  const about = subject.slice(0, 3).join(', ') + (subject.length > 3 ? `, … (${subject.length})` : '');
  const job = `${id} ${kind}${about === '' ? '' : ` ${about}`}`;
  if (!result) return `${job}: failed. ${error ?? ''}`;
  const { added, changed, removed, failed } = result;
  return `${job}: ${added.length} added, ${changed.length} changed, ${removed.length} removed, ${failed.length} failed`;
}

function tell(error: unknown): void {
  process.stderr.write(`${messageWithRemedy(error)}\n`);
}
