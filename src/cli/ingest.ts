import process from 'node:process';

import { createAssistant, type LocalAssistant } from '../assistant.ts';
import { FootnoteError, messageWithRemedy } from '../domain/errors.ts';
import { webSourceKinds } from '../domain/ingest-admin.ts';
import type { IngestReport } from '../ingest/run-ingest.ts';
import { runCommand, type CommandInput } from './command.ts';
import { ingestWithProgress } from './ingest-with-progress.ts';
import { showJob } from './show-job.ts';

const usage = `Usage: npm run -s ingest -- [options]
  --corpus DIR    folder with articles
  --index DIR     where to build the index
  --watch         go on following the folder and its sources.yml, until stopped
  --offline       leave the sources in sources.yml alone
  --url ADDRESS   add a page, or all pages of a feed, a sitemap or a list of addresses
  --kind KIND     what is there: ${webSourceKinds.join(', ')} (found out when absent)
  --delete ID     take an article out of the index, and keep it out
  --purge         with --delete: remove its file too, and what stored answers quote of it
  --restore ID    undo --delete`;

await runCommand(usage, async (input) => {
  const { config, signal, option } = input;
  const assistant = await createAssistant(config);
  try {
    const [added, deleted, restored] = [option('url'), option('delete'), option('restore')];
    if ([added, deleted, restored].filter((value) => value !== undefined).length > 1) {
      throw wrongUsage('Only one of --url, --delete and --restore can be done at a time.');
    }
    const { admin } = assistant;
    if (added !== undefined) {
      return await showJob(admin, await admin.add({ url: added, kind: kindOf(input) }), signal);
    }
    if (deleted !== undefined) {
      return await showJob(admin, await admin.delete(deleted, { purge: input.has('purge') }), signal);
    }
    if (restored !== undefined) return await showJob(admin, await admin.restore(restored), signal);
    await ingestWithProgress(assistant, { signal, quiet: false, offline: input.has('offline') });
    if (input.has('watch')) await watch(assistant, input);
  } finally {
    await assistant.close();
  }
});

function kindOf({ option }: CommandInput) {
  const given = option('kind') ?? 'auto';
  const kind = webSourceKinds.find((one) => one === given);
  if (kind === undefined) throw wrongUsage(`There is no kind "${given}".`);
  return kind;
}

function wrongUsage(message: string): FootnoteError {
  return new FootnoteError('configuration', message, { remedy: usage });
}

/** Reports what changes, and files that fail, once. */
async function watch(assistant: LocalAssistant, { config, signal, has }: CommandInput): Promise<void> {
  let told = '';
  const isWorthTelling = ({ added, changed, removed, failed }: IngestReport) => {
    const failures = JSON.stringify(failed);
    const isNew = failures !== told && failed.length > 0;
    told = failures;
    return isNew || added.length + changed.length + removed.length > 0;
  };
  await assistant.follow({
    signal,
    onReady: () => process.stdout.write(`Following ${config.corpusDir}. Stop with Ctrl-C.\n`),
    onError: (error) => process.stderr.write(`${messageWithRemedy(error)}\n`),
    update: ({ offline }) =>
      ingestWithProgress(assistant, {
        signal,
        quiet: false,
        offline: offline || has('offline'),
        isWorthTelling,
      }),
  });
}
