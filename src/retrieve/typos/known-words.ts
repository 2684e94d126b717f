import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import { FootnoteError } from '../../domain/errors.ts';
import { searchTerm } from '../../domain/text/search-terms.ts';

const wordPieceFile = z.object({ model: z.object({ vocab: z.record(z.string(), z.int()) }) });

/**
 * A list of English words from the vocabulary of a WordPiece tokenizer, in which common words stand whole.
 * An inflected form is known with its word. Takes about 100 ms.
 *
 * @param file - path of a `tokenizer.json`.
 * @throws FootnoteError `model-files` when the file is no tokenizer with such a vocabulary.
 */
export async function readKnownWords(file: string): Promise<(word: string) => boolean> {
  const terms = new Set<string>();
  try {
    const { model } = wordPieceFile.parse(JSON.parse(await readFile(file, 'utf8')));
    for (const piece of Object.keys(model.vocab)) {
      if (/^[a-z]{3,}$/u.test(piece)) terms.add(searchTerm(piece, 'en'));
    }
  } catch (cause) {
    throw new FootnoteError('model-files', `Cannot read the words of the tokenizer ${file}.`, { cause });
  }
  return (word) => terms.has(searchTerm(word, 'en'));
}
