// Run by stuck-worker.ts, on what was built: a process of its own cannot load TypeScript everywhere.
import process from 'node:process';

import { createPostgresIndexWriter } from '../../../dist/index/postgres/postgres-index-writer.js';
import { createSharedCorpus } from '../../../dist/ingest/postgres/shared-corpus.js';
import { connect } from '../../../dist/postgres/connect.js';

const [, , url, schema, corpusDir] = process.argv;
const settings = { poolSize: 5, connectTimeoutMs: 5_000, statementTimeoutMs: 30_000, searchBreadth: 100 };
const database = connect({ url, schema, ...settings });
const embeddings = {
  id: 'letters',
  dimensions: 26,
  languages: ['en'],
  embedQuery: () => new Promise(() => {}),
  embedDocuments: () => new Promise(() => {}),
  close: () => Promise.resolve(),
};
const corpus = createSharedCorpus({
  database,
  corpusDir,
  addedDir: `${corpusDir}/added`,
  embeddings,
  index: { sources: async () => [], articles: async () => [], article: async () => undefined },
  openWriter: (purpose) => createPostgresIndexWriter({ database, embeddings, purpose }),
  collect: async () => undefined,
  parse: { maxFileBytes: 1_000_000, workers: 1, timeoutMs: 20_000, memoryMb: 512 },
  fetch: { allowedHosts: [], delayMs: 0, timeoutMs: 1_000, userAgent: 'Footnote' },
  refreshMs: 60_000,
  purge: { holds: async () => false, purgeArticle: async () => undefined },
  onError: () => undefined,
});
await corpus.work({ signal: new AbortController().signal, onError: () => undefined });
