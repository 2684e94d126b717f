import { join } from 'node:path';

/** The folders that a corpus consists of. */
export interface CorpusRoots {
  /** The operator's own files. Footnote reads them and writes none of them. */
  readonly corpusDir: string;
  /** What was added through Footnote; it need not exist, and may stand inside `corpusDir`. */
  readonly addedDir: string;
}

/** Begins the path of every file in `addedDir`, wherever that stands. */
export const addedPrefix = 'added/';

/** The roots of a corpus in one folder. */
export function rootsOf(corpusDir: string): CorpusRoots {
  return { corpusDir, addedDir: join(corpusDir, 'added') };
}

/** Where the file with this path in the corpus stands. */
export function corpusFile({ corpusDir, addedDir }: CorpusRoots, path: string): string {
  return path.startsWith(addedPrefix)
    ? join(addedDir, path.slice(addedPrefix.length))
    : join(corpusDir, path);
}
