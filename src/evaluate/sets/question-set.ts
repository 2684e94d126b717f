import { access, readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';

import { z } from 'zod';

import { errorMessage, FootnoteError } from '../../domain/errors.ts';
import { languages } from '../../domain/language.ts';
import { readJsonLines } from '../read-json-lines.ts';

const documentSchema = z.object({
  id: z.string().min(1),
  title: z.string().default(''),
  text: z.string(),
  lang: z.enum(languages),
});

const querySchema = z.object({
  id: z.string().min(1),
  text: z.string().min(1),
  lang: z.enum(languages),
  /** Short answers, each as good as the others. */
  answers: z.array(z.string()).default([]),
  /** Ids of the documents that answer, or bear a part of the answer. */
  gold_docs: z.array(z.string()).default([]),
  answerable: z.boolean().default(true),
  type: z.string().default('question'),
});

/** A text to search in. */
export type SetDocument = z.infer<typeof documentSchema>;

/** A question about the documents. */
export type SetQuery = z.infer<typeof querySchema>;

/** A folder with `corpus.jsonl` and `queries.jsonl`. */
export interface QuestionSet {
  readonly name: string;
  readonly documents: readonly SetDocument[];
  readonly queries: readonly SetQuery[];
}

const corpusFile = 'corpus.jsonl';

/**
 * The folders with question sets: `dir` itself, or those directly inside it.
 *
 * @param names - only the sets with these names.
 * @throws FootnoteError `configuration` when there are none.
 */
export async function findQuestionSets(dir: string, names?: readonly string[]): Promise<string[]> {
  if (await exists(join(dir, corpusFile))) return [resolve(dir)];
  const entries = await readdir(dir).catch((error: unknown) => {
    throw new FootnoteError('configuration', `${dir} cannot be read: ${errorMessage(error)}`, {
      cause: error,
    });
  });
  const folders: string[] = [];
  for (const name of entries.toSorted()) {
    const wanted = names?.includes(name) ?? true;
    if (wanted && (await exists(join(dir, name, corpusFile)))) folders.push(resolve(dir, name));
  }
  if (folders.length > 0) return folders;
  const which = names ? `no set named ${names.join(' or ')}` : `no ${corpusFile}`;
  throw new FootnoteError('configuration', `There is ${which} in ${dir}.`, {
    remedy: `Name a folder with ${corpusFile} and queries.jsonl, or one that holds such folders.`,
  });
}

/** Reads a question set. @throws FootnoteError `configuration` that names the line that is wrong. */
export async function readQuestionSet(dir: string): Promise<QuestionSet> {
  const [documents, queries] = await Promise.all([
    readJsonLines(join(dir, corpusFile), documentSchema),
    readJsonLines(join(dir, 'queries.jsonl'), querySchema),
  ]);
  return { name: basename(dir), documents, queries };
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
