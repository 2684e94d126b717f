import { messageWithRemedy } from '../domain/errors.ts';
import type { CorpusFiles } from './load/corpus-files.ts';
import type { SourceFile } from './load/read-source.ts';
import type { FileParser, ParsedFile } from './parse/parsed-file.ts';

/** Files that are being read while an earlier one is being embedded. */
const filesAhead = 8;

/** What became of one file. */
export type ReadFile =
  | { readonly path: string; readonly digest: string; readonly parsed: ParsedFile }
  /** It could not be looked at, so nothing is known of it but the reason. */
  | { readonly path: string; readonly reason: string };

/**
 * Reads files in their order, several at a time.
 *
 * @throws the signal's reason when it is aborted; what the parser throws when it cannot work at all.
 */
export async function* parseFiles(
  paths: readonly string[],
  options: {
    readonly files: CorpusFiles;
    readonly parser: FileParser;
    readonly maxFileBytes: number;
    readonly signal?: AbortSignal | undefined;
  },
): AsyncGenerator<ReadFile> {
  const { signal } = options;
  const running: Promise<ReadFile>[] = [];
  let next = 0;
  try {
    for (;;) {
      while (running.length < filesAhead && next < paths.length) {
        const reading = parseOne(paths[next++] ?? '', options);
        // Whoever waits for it is told; until then a rejection is not unhandled.
        reading.catch(() => undefined);
        running.push(reading);
      }
      const first = running.shift();
      if (!first) return;
      signal?.throwIfAborted();
      yield await first;
    }
  } finally {
    await Promise.allSettled(running);
  }
}

async function parseOne(
  path: string,
  { files, parser, maxFileBytes, signal }: Parameters<typeof parseFiles>[1],
): Promise<ReadFile> {
  let source: SourceFile;
  try {
    source = await files.read(path, { maxBytes: maxFileBytes, signal });
  } catch (error) {
    signal?.throwIfAborted();
    return { path, reason: messageWithRemedy(error) };
  }
  const { bytes, hints, digest } = source;
  const parsed = await parser.parse({ file: path, bytes, hints }, signal ? { signal } : {});
  return { path, digest, parsed };
}
