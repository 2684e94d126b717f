import { createAssistant } from '../assistant.ts';
import { runCommand } from './command.ts';
import { ingestWithProgress } from './ingest-with-progress.ts';

const usage = `Usage: npm run -s ingest -- [options]
  --corpus DIR  folder with articles
  --index DIR   where to build the index`;

await runCommand(usage, async ({ config, signal }) => {
  const assistant = await createAssistant(config);
  try {
    await ingestWithProgress(assistant, { signal, quiet: false });
  } finally {
    await assistant.close();
  }
});
