import process from 'node:process';

import { openAnswerStore } from '../open-records.ts';
import { runCommand } from './command.ts';

const usage = `Usage: npm run -s feedback -- [options]
Prints what readers said of answers, oldest first, one JSON object a line.
  --index DIR   where the stored answers are, unless STORE names a database`;

await runCommand(usage, async ({ config, signal }) => {
  const store = openAnswerStore(config);
  try {
    for await (const entry of store.feedback()) {
      signal.throwIfAborted();
      process.stdout.write(`${JSON.stringify(entry)}\n`);
    }
  } finally {
    await store.close();
  }
});
