import { availableParallelism } from 'node:os';

import { defineConfig } from 'vitest/config';

// Vitest finds its configuration by this default export.
// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Usual is one fewer than there are cores, which leaves half of a small machine idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
