import { parentPort, workerData } from 'node:worker_threads';

import type { IndexWriter, SourceRecord } from '../domain/ports.ts';
import { createIndexWriter } from './index-writer.ts';
import { packArticle, unpackArticle } from './packed-article.ts';
import { createVerifiedFiles } from './verified-files.ts';
import {
  packError,
  type WriterAnswer,
  type WriterCall,
  type WriterRequest,
  type WriterThreadData,
} from './writer-messages.ts';

/** Articles, and files, of which one message tells: a few milliseconds for whoever receives it. */
const perMessage = 2_000;

const { verified: read, ...place }: WriterThreadData = workerData;
const verified = createVerifiedFiles(read);
const options = { ...place, verified };
const { dimensions } = options.embeddings;
const port = parentPort;

let opened: IndexWriter | undefined;
let fingerprints: Iterator<[string, string]> | undefined;
let sources: Iterator<[string, SourceRecord]> | undefined;

/** Of a change that nobody waits for: what came after it counts on it, so nothing of that may be done. */
let failure: { readonly error: unknown } | undefined;

function writer(): IndexWriter {
  if (failure) throw failure.error;
  if (!opened) throw new TypeError('The index writer of this thread is not open.');
  return opened;
}

async function change(action: (to: IndexWriter) => Promise<void>): Promise<WriterAnswer> {
  const to = writer();
  try {
    await action(to);
    return { kind: 'done' };
  } catch (error) {
    failure = { error };
    throw error;
  }
}

async function answer(asked: WriterCall): Promise<WriterAnswer> {
  switch (asked.call) {
    case 'open':
      opened = await createIndexWriter(options);
      fingerprints = opened.fingerprints.entries();
      sources = opened.sources.entries();
      return { kind: 'opened', resumed: opened.resumed };
    case 'content': {
      const some = { fingerprints: next(fingerprints), sources: next(sources).map(([, record]) => record) };
      const last = some.fingerprints.length < perMessage && some.sources.length < perMessage;
      return { kind: 'content', ...some, last };
    }
    case 'stored': {
      const entry = await writer().stored(asked.articleId);
      return { kind: 'stored', entry: entry && packArticle(entry, dimensions) };
    }
    case 'put':
      return change((to) => to.put(unpackArticle(asked.entry, dimensions), asked.fingerprint));
    case 'remove':
      return change((to) => to.remove(asked.articleId));
    case 'putSource':
      return change((to) => to.putSource(asked.record));
    case 'removeSource':
      return change((to) => to.removeSource(asked.path));
    case 'commit':
      return { kind: 'committed', generation: await writer().commit(), verified: verified.list() };
    case 'suspend':
      await opened?.suspend();
      return { kind: 'done' };
    case 'discard':
      await opened?.discard();
      return { kind: 'done' };
  }
}

function next<Item>(items: Iterator<Item> | undefined): Item[] {
  const some: Item[] = [];
  while (some.length < perMessage) {
    const item = items?.next();
    if (!item || item.done === true) break;
    some.push(item.value);
  }
  return some;
}

async function reply({ number: at, call }: WriterRequest): Promise<void> {
  const given = await answer(call).catch((error: unknown): WriterAnswer => ({
    kind: 'failed',
    error: packError(error),
  }));
  const moved = given.kind === 'stored' && given.entry ? [given.entry.vectors.buffer] : [];
  port?.postMessage({ number: at, answer: given }, moved);
}

let last = Promise.resolve();
port?.on('message', (request: WriterRequest) => {
  last = last.then(() => reply(request));
});
