import { availableParallelism } from 'node:os';
import process from 'node:process';

import { defineConfig } from 'vitest/config';

/** Folders whose tests leave nothing behind in their process, so that one may run after another without loading all anew. */
const tidy = [
  'test/{answer,browser,cli,conversation,domain,e2e,evaluate,fuzz,http,index,mcp,models,retrieve,widget}/**/*.test.ts',
  'test/ingest/{added,admin,clean,folder,formats,jobs,metadata,parse}/**/*.test.ts',
  'test/ingest/*.test.ts',
  'test/library.test.ts',
];

/** Tests that need a PostgreSQL server. */
const withServer = 'test/postgres/server/**/*.test.ts';

// Vitest finds its configuration by this default export.
// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Usual is one fewer than there are cores, which leaves half of a small machine idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      { extends: true, test: { name: 'tidy', include: tidy, isolate: false } },
      {
        extends: true,
        test: { name: 'apart', include: ['test/**/*.test.ts'], exclude: [...tidy, withServer] },
      },
      // Run by test/postgres/run, which has a server for them.
      {
        extends: true,
        test: { name: 'server', include: process.env['TEST_POSTGRES_URL'] ? [withServer] : [] },
      },
    ],
  },
});
