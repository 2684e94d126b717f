import { readFile } from 'node:fs/promises';

import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';

import type { LocalModelFiles } from './local-model-files.ts';

const jsonObject = z.record(z.string(), z.unknown());

/**
 * Loads a tokenizer as a function from a text to its token ids, special tokens included, at most `maxTokens`.
 * Too long a text loses its end but keeps the closing special tokens, as the model was trained to see them.
 *
 * @throws Error when a file is not a tokenizer.
 */
export async function loadTokenize(files: LocalModelFiles): Promise<(text: string) => number[]> {
  const tokenizer = new Tokenizer(
    await readJson(files.tokenizer),
    files.tokenizerConfig === undefined ? {} : await readJson(files.tokenizerConfig),
  );
  const closing = closingTokens(tokenizer);
  return (text) => {
    const { ids } = tokenizer.encode(text);
    if (ids.length <= files.maxTokens) return ids;
    return [...ids.slice(0, files.maxTokens - closing.length), ...closing];
  };
}

/** What an empty and a non-empty text end with alike. */
function closingTokens(tokenizer: Tokenizer): number[] {
  const empty = tokenizer.encode('').ids;
  const filled = tokenizer.encode('a').ids;
  let count = 0;
  while (count < empty.length && empty.at(-1 - count) === filled.at(-1 - count)) count += 1;
  return count === 0 ? [] : empty.slice(-count);
}

async function readJson(path: string): Promise<Record<string, unknown>> {
  return jsonObject.parse(JSON.parse(await readFile(path, 'utf8')));
}
