import process from 'node:process';

import { createAssistant } from '../assistant.ts';
import { errorMessage, FootnoteError } from '../domain/errors.ts';
import { runCommand } from './command.ts';
import { formatAnswer } from './format-answer.ts';
import { ingestWithProgress } from './ingest-with-progress.ts';

const usage = `Usage: npm run -s ask -- [options] "question"
  --json        print the answer resource as one JSON object
  --corpus DIR  index this folder first, where it is new or changed
  --index DIR   where the index is
  --lang LANG   language of the reply: en, vi or auto
  --top-k N     passages to retrieve, 1-50`;

await runCommand(usage, async ({ config, words, has, signal }) => {
  const question = words.join(' ').trim();
  if (question === '') throw new FootnoteError('invalid-request', 'No question given.', { remedy: usage });
  const { questionLength } = config.limits;
  if (question.length > questionLength) {
    throw new FootnoteError('invalid-request', `The question is longer than ${questionLength} characters.`, {
      remedy: 'Shorten it, or raise MAX_QUESTION_LENGTH.',
    });
  }
  const assistant = await createAssistant(config, {
    onStoreError: (error) => process.stderr.write(`The answer is not stored. ${errorMessage(error)}\n`),
  });
  try {
    if (has('corpus')) await ingestWithProgress(assistant, { signal, quiet: true });
    const answer = await assistant.ask({ question }, { signal });
    process.stdout.write(has('json') ? `${JSON.stringify(answer, null, 2)}\n` : formatAnswer(answer));
  } finally {
    await assistant.close();
  }
});
