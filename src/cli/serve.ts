import process from 'node:process';

import { createAssistant, type LocalAssistant } from '../assistant.ts';
import { errorMessage, FootnoteError } from '../domain/errors.ts';
import { languages } from '../domain/language.ts';
import { createApp } from '../http/app.ts';
import { startServer } from '../http/server.ts';
import { runCommand } from './command.ts';
import { ingestWithProgress } from './ingest-with-progress.ts';

const usage = `Usage: npm start -- [options]
  --corpus DIR  folder with articles, indexed where it is new or changed
  --index DIR   where the index is
  --host HOST   address to listen on
  --port PORT   port to listen on, 0 for any free one`;

await runCommand(usage, async ({ config, signal }) => {
  const onError = (error: unknown) =>
    console.error(error instanceof Error ? error.stack : errorMessage(error));
  const assistant = await createAssistant(config, { onStoreError: onError });
  try {
    await bringUpToDate(assistant, signal);
    const app = createApp({
      assistant,
      limits: config.limits,
      allowedOrigins: config.allowedOrigins,
      onError,
    });
    const server = await startServer({
      app,
      host: config.host,
      port: config.port,
      shutdownTimeoutMs: config.limits.shutdownTimeoutMs,
    });
    process.stdout.write(`Footnote answers on ${server.address}\n`);
    findSuggestions(assistant);
    await aborted(signal);
    process.stdout.write('Stopping: answers under way are finished first.\n');
    await server.close();
  } finally {
    await assistant.close();
  }
});

/** Another process may be indexing at this moment; what is there already can be served meanwhile. */
async function bringUpToDate(assistant: LocalAssistant, signal: AbortSignal): Promise<void> {
  try {
    await ingestWithProgress(assistant, { signal, quiet: false });
  } catch (error) {
    if (!(error instanceof FootnoteError && error.code === 'unavailable')) throw error;
    await assistant.generation();
    process.stderr.write(`${error.message} Serving the index as it is.\n`);
  }
}

/** Before the first reader asks for them. Should it fail, the reader is told. */
function findSuggestions(assistant: LocalAssistant): void {
  Promise.all(languages.map((language) => assistant.suggestions(language))).catch(() => undefined);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
