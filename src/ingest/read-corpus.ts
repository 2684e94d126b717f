import { corpusFile, type CorpusRoots } from './load/corpus-roots.ts';
import { listFiles } from './load/list-files.ts';
import { readSource } from './load/read-source.ts';
import { parseFile } from './parse/parse-file.ts';
import type { ParsedFile } from './parse/parsed-file.ts';

/** Largest file that is read here, in bytes. */
const maxBytes = 50_000_000;

/**
 * Reads one file of a corpus in this thread, without the limits of an ingest: for files that are trusted.
 *
 * @param file - path in the corpus, with `/`.
 * @throws FootnoteError `unreadable-article`; what the file system says.
 */
export async function readTrustedFile(roots: CorpusRoots, file: string): Promise<ParsedFile> {
  const { bytes, hints } = await readSource(corpusFile(roots, file), { maxBytes });
  return parseFile({ file, bytes, hints });
}

/**
 * Reads a whole corpus like {@link readTrustedFile}, in the order of the paths.
 *
 * @throws FootnoteError `configuration` when it cannot be read; the signal's reason when it is aborted.
 */
export async function* readTrustedCorpus(
  roots: CorpusRoots,
  signal?: AbortSignal,
): AsyncGenerator<ParsedFile & { readonly file: string }> {
  const { files } = await listFiles(roots, signal);
  for (const file of files) {
    signal?.throwIfAborted();
    yield { file, ...(await readTrustedFile(roots, file)) };
  }
}
