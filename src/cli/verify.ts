import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import process from 'node:process';

import { createAssistant } from '../assistant.ts';
import { answerSchema } from '../conversation/record-schemas.ts';
import type { Answer } from '../domain/answer.ts';
import { errorMessage, FootnoteError } from '../domain/errors.ts';
import { runCommand } from './command.ts';
import { formatCheck } from './format-check.ts';

const usage = `Usage: npm run -s verify -- [options] answer.json|ID
Checks an answer again, from a file or stored under its id: its hash, each quotation, each verdict.
Exit code: 0 it holds, 1 it does not, 2 it cannot be checked.
  --json        print the check as one JSON object
  --index DIR   where the index is, and the stored answers`;

await runCommand(usage, async ({ config, words, has }) => {
  const [name, ...others] = words;
  if (name === undefined || others.length > 0) {
    throw new FootnoteError('invalid-request', 'One file or id is needed.', { remedy: usage });
  }
  const assistant = await createAssistant(config);
  try {
    const answer = existsSync(name)
      ? await readAnswer(name)
      : await assistant.storedAnswer(name).catch((error: unknown) => {
          throw cannotCheck(`${name} is no file, and no answer is stored under that id.`, error);
        });
    const check = await assistant.verifyAnswer(answer);
    process.stdout.write(has('json') ? `${JSON.stringify(check, null, 2)}\n` : formatCheck(answer, check));
    return check.holds ? 0 : 1;
  } finally {
    await assistant.close();
  }
});

async function readAnswer(file: string): Promise<Answer> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw cannotCheck(`Cannot read ${file}: ${errorMessage(error)}`, error);
  }
  const parsed = answerSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw cannotCheck(`${file} is not an answer: ${issue?.path.join('.')}: ${issue?.message}`, parsed.error);
}

/** What has the exit code of wrong usage: nothing was found out about the answer. */
function cannotCheck(message: string, cause: unknown): FootnoteError {
  if (cause instanceof FootnoteError && cause.code !== 'not-found') {
    return new FootnoteError('invalid-request', cause.message, { cause });
  }
  return new FootnoteError('invalid-request', message, {
    remedy: 'Give the JSON of an answer, as from npm run -s ask -- --json, or the id of a stored one.',
    cause,
  });
}
