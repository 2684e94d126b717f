import { parseFile } from '../../src/ingest/parse/parse-file.ts';
import type { FileParser } from '../../src/ingest/parse/parsed-file.ts';

/** Reads files in the test's own thread: as the workers do, without their limits. */
export const inlineParser: FileParser = {
  async parse(input, { signal } = {}) {
    signal?.throwIfAborted();
    return parseFile(input);
  },
  close: () => Promise.resolve(),
};
