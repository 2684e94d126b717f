import process from 'node:process';

import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

import { createAssistant } from '../assistant.ts';
import { errorMessage, FootnoteError } from '../domain/errors.ts';
import { createMcpServer } from '../mcp/mcp-server.ts';
import { bringUpToDate } from './bring-up-to-date.ts';
import { runCommand } from './command.ts';

const usage = `Usage: npm run -s mcp -- [options]
Serves the Model Context Protocol on standard input and output, until the input ends. Says what happens on standard error.
  --corpus DIR  folder with articles, indexed where it is new or changed
  --index DIR   where the index is`;

await runCommand(usage, async ({ config, signal }) => {
  const assistant = await createAssistant(config, { onStoreError: log });
  const stop = new AbortController();
  const ending = AbortSignal.any([signal, stop.signal]);
  const ended = aborted(ending);
  try {
    // A client does not wait for long after it has started a server; the first call waits for the index instead.
    const ready =
      config.store.kind === 'folder'
        ? bringUpToDate(assistant, { signal: ending, quiet: true })
        : Promise.resolve();
    ready.catch((error: unknown) => {
      if (!ending.aborted) log(error);
    });
    const server = createMcpServer({ assistant, limits: config.limits, onError: log, ready });
    process.stdin.once('end', () => stop.abort());
    // Whoever started it is gone without a word.
    process.stdout.once('error', () => stop.abort());
    // The SDK has no other way to tell it.
    // oxlint-disable-next-line unicorn/prefer-add-event-listener
    server.server.onclose = () => stop.abort();
    await server.connect(new StdioServerTransport());
    await ended;
    await server.close();
    await ready.catch(() => undefined);
  } finally {
    await assistant.close();
  }
});

function log(error: unknown): void {
  if (error instanceof FootnoteError) {
    process.stderr.write(`${error.message}${error.remedy === undefined ? '' : `\n${error.remedy}`}\n`);
  } else process.stderr.write(`${(error instanceof Error && error.stack) || errorMessage(error)}\n`);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
