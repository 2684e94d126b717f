import { open, realpath, stat } from 'node:fs/promises';
import { basename, extname, sep } from 'node:path';

import { FootnoteError } from '../../domain/errors.ts';
import type { OriginalFile } from '../../domain/ingest-admin.ts';
import type { SourceRecord } from '../../domain/ports.ts';
import { corpusFile, type CorpusRoots } from '../load/corpus-roots.ts';

const mediaTypes: Readonly<Record<string, string>> = {
  '.txt': 'text/plain',
  '.md': 'text/markdown',
  '.markdown': 'text/markdown',
  '.html': 'text/html',
  '.htm': 'text/html',
  '.xhtml': 'application/xhtml+xml',
  '.pdf': 'application/pdf',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.epub': 'application/epub+zip',
  '.csv': 'text/csv',
  '.tsv': 'text/tab-separated-values',
  '.jsonl': 'application/x-ndjson',
  '.ndjson': 'application/x-ndjson',
};

/**
 * The file of a source, as it is on the disk now. Only paths that the index knows are opened, so that no other file can be
 * asked for.
 *
 * @throws FootnoteError `not-found`
 */
export async function openOriginal(
  roots: CorpusRoots,
  sources: readonly SourceRecord[],
  path: string,
): Promise<OriginalFile> {
  const isKnown = sources.some((source) => source.path === path);
  const file = isKnown ? await insideCorpus(roots, corpusFile(roots, path)) : undefined;
  const status = file === undefined ? undefined : await stat(file).catch(() => undefined);
  if (file === undefined || !status?.isFile()) {
    throw new FootnoteError('not-found', `There is no file "${path}" in the corpus.`);
  }
  return {
    name: basename(path),
    mediaType: mediaTypes[extname(path).toLowerCase()] ?? 'application/octet-stream',
    bytes: status.size,
    content: contentOf(file),
  };
}

/** Opened when it is read, and closed when it is read no further. */
async function* contentOf(file: string): AsyncGenerator<Uint8Array> {
  const handle = await open(file);
  try {
    yield* handle.createReadStream();
  } finally {
    await handle.close();
  }
}

/** The real path of `file`, unless it has become a link that leaves the corpus. */
async function insideCorpus({ corpusDir, addedDir }: CorpusRoots, file: string): Promise<string | undefined> {
  const real = (path: string) => realpath(path).catch(() => undefined);
  const [target, ...folders] = await Promise.all([real(file), real(corpusDir), real(addedDir)]);
  const isInside = folders.some(
    (folder) => folder !== undefined && target?.startsWith(folder + sep) === true,
  );
  return isInside ? target : undefined;
}
