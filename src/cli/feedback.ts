import process from 'node:process';

import { answersFile, createAnswerStore } from '../conversation/answer-store.ts';
import { runCommand } from './command.ts';

const usage = `Usage: npm run -s feedback -- [options]
Prints what readers said of answers, oldest first, one JSON object a line.
  --index DIR   where the stored answers are`;

await runCommand(usage, async ({ config, signal }) => {
  const store = createAnswerStore({
    file: answersFile(config.indexDir),
    // Printing removes nothing.
    retentionDays: Number.POSITIVE_INFINITY,
  });
  try {
    for await (const entry of store.feedback()) {
      signal.throwIfAborted();
      process.stdout.write(`${JSON.stringify(entry)}\n`);
    }
  } finally {
    await store.close();
  }
});
