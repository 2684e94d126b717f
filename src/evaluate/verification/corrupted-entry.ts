import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import { FootnoteError } from '../../domain/errors.ts';
import { languages } from '../../domain/language.ts';

/** What was done to a faithful sentence to make it false. */
export const corruptionKinds = [
  'number',
  'date',
  'name',
  'place',
  'negation',
  'scope',
  'merge',
  'unit',
  'direction',
  'detail',
  'pointer',
] as const;

const citedSchema = z.array(z.strictObject({ article: z.string(), quote: z.string().min(1) })).min(1);

const entrySchema = z.strictObject({
  id: z.string().min(1),
  language: z.enum(languages),
  kind: z.enum(corruptionKinds),
  /** Never looked at while the rules are tuned. */
  holdout: z.boolean(),
  /** The corrupted sentence: false with respect to `cited`. */
  sentence: z.string().min(1),
  /** Its faithful twin. */
  clean: z.string().min(1),
  /** Exact sentences of the corpus, with the article's file in the corpus folder. */
  cited: citedSchema,
  /** What the twin cites, where it is not `cited`. */
  cleanCited: citedSchema.optional(),
});

/** A corrupted sentence with its faithful twin, see `test/golden/corrupted`. */
export type CorruptedEntry = z.infer<typeof entrySchema>;

/**
 * Reads a file of one entry a line.
 *
 * @throws FootnoteError `configuration` when the file cannot be read or a line is not an entry.
 */
export async function readCorruptedEntries(file: string): Promise<CorruptedEntry[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new FootnoteError('configuration', `Cannot read ${file}.`, { cause });
  });
  return text
    .split(/\r?\n/u)
    .flatMap((line, index) => (line.trim() === '' ? [] : [parse(line, file, index + 1)]));
}

function parse(line: string, file: string, number: number): CorruptedEntry {
  try {
    return entrySchema.parse(JSON.parse(line));
  } catch (cause) {
    throw new FootnoteError('configuration', `${file}:${number}: not an entry of the corrupted set.`, {
      cause,
    });
  }
}
