import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import { FootnoteError } from '../../domain/errors.ts';

const wordPieceFile = z.object({ model: z.object({ vocab: z.record(z.string(), z.int()) }) });

/**
 * A list of English words from the vocabulary of a WordPiece tokenizer, in which common words stand whole.
 * A regular form of a listed word is known too.
 *
 * @param file - path of a `tokenizer.json`.
 * @throws FootnoteError `model-files` when the file is no tokenizer with such a vocabulary.
 */
export async function readKnownWords(file: string): Promise<(word: string) => boolean> {
  try {
    const { model } = wordPieceFile.parse(JSON.parse(await readFile(file, 'utf8')));
    const listed = new Set(Object.keys(model.vocab).filter((piece) => /^[a-z]{3,}$/u.test(piece)));
    return (word) => listed.has(word) || relatedForms(word).some((form) => listed.has(form));
  } catch (cause) {
    throw new FootnoteError('model-files', `Cannot read the words of the tokenizer ${file}.`, { cause });
  }
}

/** What `word` may be a regular form of, and the forms that a list may have in its stead. */
function relatedForms(word: string): string[] {
  const forms = [`${word}ed`, `${word}ing`];
  if (!word.endsWith('s')) forms.push(`${word}s`);
  if (word.endsWith('e')) forms.push(`${word.slice(0, -1)}ing`);
  for (const ending of ['s', 'es', 'd', 'ed', 'ing', 'ly', 'ness', 'less']) {
    if (!word.endsWith(ending)) continue;
    const base = word.slice(0, -ending.length);
    forms.push(base);
    if (ending === 'ing') forms.push(`${base}e`);
    if (ending === 'es' || ending === 'ed')
      forms.push(base.replace(/i$/u, 'y'), base.replace(/(.)\1$/u, '$1'));
  }
  for (const prefix of ['un', 're', 'non', 'pre'])
    if (word.startsWith(prefix)) forms.push(word.slice(prefix.length));
  return forms.filter((form) => form.length > 3);
}
