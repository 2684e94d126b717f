import { basename, extname } from 'node:path';

import { FootnoteError } from '../../domain/errors.ts';
import type { OriginalFile } from '../../domain/ingest-admin.ts';
import type { SourceRecord } from '../../domain/ports.ts';
import type { CorpusFiles } from '../load/corpus-files.ts';

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
 * The file of a source, as it is now. Only paths that the index knows are opened, so that no other file can be
 * asked for.
 *
 * @throws FootnoteError `not-found`
 */
export async function openOriginal(
  files: CorpusFiles,
  sources: readonly SourceRecord[],
  path: string,
): Promise<OriginalFile> {
  const isKnown = sources.some((source) => source.path === path);
  const file = isKnown ? await files.open(path) : undefined;
  if (!file) throw new FootnoteError('not-found', `There is no file "${path}" in the corpus.`);
  return {
    name: basename(path),
    mediaType: mediaTypes[extname(path).toLowerCase()] ?? 'application/octet-stream',
    ...file,
  };
}
