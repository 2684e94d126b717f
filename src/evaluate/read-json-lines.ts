import { readFile } from 'node:fs/promises';

import type { z } from 'zod';

import { errorMessage, FootnoteError } from '../domain/errors.ts';

/**
 * Reads a file with one JSON value a line; empty lines are left out.
 *
 * @throws FootnoteError `configuration` that names the file and the line that does not fit `schema`.
 */
export async function readJsonLines<T>(file: string, schema: z.ZodType<T>): Promise<T[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new FootnoteError('configuration', `${file} cannot be read: ${errorMessage(error)}`, {
      remedy: 'Name a folder with questions, or run from a checkout of the project.',
      cause: error,
    });
  });
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const parsed = schema.safeParse(parseJson(line));
    if (parsed.success) return [parsed.data];
    const issues = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'it'}: ${issue.message}`);
    throw new FootnoteError('configuration', `${file}, line ${index + 1}: ${issues.join('; ')}`);
  });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
