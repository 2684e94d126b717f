import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { canonicalJson } from '../../domain/canonical-json.ts';
import { FootnoteError } from '../../domain/errors.ts';
import { sha256 } from '../../domain/fingerprint.ts';
import type { Language } from '../../domain/language.ts';
import { createPrompt } from './prompt.ts';
import type { Prompt } from './prompt.ts';

/** Every prompt of the chat model, by the name of its file in `prompts/`. */
export interface Prompts {
  /** Rules of the writer. */
  readonly answer: Prompt<'language'>;
  /** What the writer works on. */
  readonly answerInput: Prompt<'sources' | 'history' | 'question' | 'language'>;
  /** Rules of the question rewriter. */
  readonly rewrite: Prompt<'language'>;
  /** What the rewriter works on. */
  readonly rewriteInput: Prompt<'history' | 'question' | 'language'>;
  /** Rules of the question translator. `language` is the one to translate into, here and below. */
  readonly translate: Prompt<'language'>;
  /** What the question translator works on. */
  readonly translateInput: Prompt<'question' | 'language'>;
  /** Rules of the quote translator. */
  readonly translateQuotes: Prompt<'language'>;
  /** What the quote translator works on. */
  readonly translateQuotesInput: Prompt<'quotations' | 'language'>;
  /** Rules of the judge. */
  readonly judge: Prompt<never>;
  /** What the judge works on. */
  readonly judgeInput: Prompt<'quotations' | 'sentence'>;
  /** SHA-256 over all of them, 64 hexadecimal digits: changes when a word of any does. */
  readonly hash: string;
}

/** What the prompts call a language. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', vi: 'Vietnamese' };

/**
 * Reads and checks the prompts in the folder `dir`.
 *
 * @throws FootnoteError `configuration` naming the file that is missing or has the wrong slots.
 */
export async function loadPrompts({ dir }: { dir: string }): Promise<Prompts> {
  const load = async <Slot extends string>(file: string, slots: readonly Slot[]) =>
    createPrompt(file, await readPrompt(dir, file), slots);
  const prompts = {
    answer: await load('answer.md', ['language']),
    answerInput: await load('answer-input.md', ['sources', 'history', 'question', 'language']),
    rewrite: await load('rewrite.md', ['language']),
    rewriteInput: await load('rewrite-input.md', ['history', 'question', 'language']),
    translate: await load('translate.md', ['language']),
    translateInput: await load('translate-input.md', ['question', 'language']),
    translateQuotes: await load('translate-quotes.md', ['language']),
    translateQuotesInput: await load('translate-quotes-input.md', ['quotations', 'language']),
    judge: await load('judge.md', []),
    judgeInput: await load('judge-input.md', ['quotations', 'sentence']),
  };
  const texts = Object.fromEntries(Object.entries(prompts).map(([name, { text }]) => [name, text]));
  return { ...prompts, hash: sha256(canonicalJson(texts)) };
}

async function readPrompt(dir: string, file: string): Promise<string> {
  try {
    return await readFile(join(dir, file), 'utf8');
  } catch (error) {
    throw new FootnoteError('configuration', `The prompt ${join(dir, file)} cannot be read.`, {
      remedy: `Restore ${file} in the folder of prompts.`,
      cause: error,
    });
  }
}
