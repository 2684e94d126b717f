import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { createAssistant, type LocalAssistant } from '../assistant.ts';
import type { Config } from '../config.ts';
import { unlessUnusable } from '../domain/errors.ts';
import { languages } from '../domain/language.ts';
import { createApp } from '../http/app.ts';
import { startServer } from '../http/server.ts';
import { bringUpToDate, updateBeside } from './bring-up-to-date.ts';
import { runCommand } from './command.ts';
import { logFailures, observeServer, serverLog } from './observe-server.ts';

const usage = `Usage: npm start -- [options]
  --corpus DIR  folder with articles, indexed where it is new or changed
  --index DIR   where the index is
  --host HOST   address to listen on
  --port PORT   port to listen on, 0 for any free one`;

/** Largest upload, in files of the largest size. */
const mostFilesAtOnce = 10;

/** What sending the last traces is given at least, in milliseconds. */
const shortestFlushMs = 500;

await runCommand(usage, async ({ config, signal }) => {
  const logger = serverLog(config);
  const onError = logFailures(logger);
  const assistant = await createAssistant(config, { onStoreError: (error) => onError(error) });
  const { keys, requests, requestCounts } = assistant.store;
  const observation = await observeServer(config, { assistant, logger });
  let graceEnds = performance.now();
  const uploadsDir = await uploadsFolder(config);
  try {
    // Where several servers share a store, none of them takes its own folder for the articles of all.
    const followsFolder = config.store.kind === 'folder';
    const isServable = followsFolder && (await unlessUnusable(assistant.generation())) !== undefined;
    if (followsFolder && !isServable) await bringUpToDate(assistant, { signal, quiet: false });
    const app = createApp({
      assistant,
      limits: config.limits,
      allowedOrigins: config.allowedOrigins,
      access: { keys, required: config.access.keysRequired, widgetPublic: config.access.widgetPublic },
      traffic: config.traffic,
      proxy: config.proxy,
      allowedHosts: [config.host, ...config.allowedHosts],
      idempotency: requests,
      ...(requestCounts && { requestCounts }),
      onError,
      observers: observation.observers,
      metrics: observation.metrics,
      ingestAdmin: assistant.admin,
      uploads: {
        dir: uploadsDir,
        maxFileBytes: config.parse.maxFileBytes,
        maxBytes: mostFilesAtOnce * config.parse.maxFileBytes,
      },
    });
    // Before anything is received: what is found half accepted is then of a process that was killed.
    await assistant.resumeJobs().catch(onError);
    const server = await startServer({
      app,
      host: config.host,
      port: config.port,
      shutdownTimeoutMs: config.limits.shutdownTimeoutMs,
    });
    process.stdout.write(`Footnote answers on ${server.address}\n`);
    const generation = await assistant.generation().catch(() => undefined);
    logger.info({ address: server.address, ...(generation && { generation }) }, 'Started');
    findSuggestions(assistant);
    const background: Promise<void>[] = [];
    // Whoever waits for the server to come back need not wait for the articles that changed meanwhile.
    if (isServable) background.push(updateBeside(assistant, { signal, onError }));
    if (config.follow.enabled) background.push(assistant.follow({ signal, onError }));
    if (config.store.kind === 'postgres' && config.store.worker && assistant.work) {
      background.push(assistant.work({ signal, onError }));
    }
    await aborted(signal);
    graceEnds = performance.now() + config.limits.shutdownTimeoutMs;
    process.stdout.write('Stopping: answers under way are finished first.\n');
    await Promise.all([server.close(), ...background]);
  } finally {
    // What answers under way have left of the time is for sending their traces.
    await observation.close(Math.max(shortestFlushMs, graceEnds - performance.now()));
    await assistant.close();
    await rm(uploadsDir, { recursive: true, force: true });
  }
});

/** Where files are while they are being sent. Servers that share a store have one each. */
async function uploadsFolder({ store, indexDir }: Config): Promise<string> {
  if (store.kind === 'postgres') return mkdtemp(join(tmpdir(), 'footnote-uploads-'));
  const folder = join(indexDir, 'uploads');
  // Of a server that was killed while somebody sent files.
  await rm(folder, { recursive: true, force: true });
  return folder;
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
