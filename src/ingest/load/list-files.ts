import { readdir, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

import { FootnoteError, errorMessage } from '../../domain/errors.ts';

/** Extensions of the files that are read as articles, in lower case. */
const articleExtensions = ['.txt', '.md', '.markdown', '.html', '.htm'] as const;

/** A file or folder that is not read, and why. `file` is relative to the corpus, with `/`. */
export interface FileNote {
  readonly file: string;
  readonly reason: string;
}

/** What stands in a corpus folder. */
interface CorpusListing {
  /** Article files relative to the folder, with `/`, in the order of their code units. */
  readonly files: readonly string[];
  /** Files of other kinds, and links that leave the folder. */
  readonly skipped: readonly FileNote[];
  /** Folders and links that could not be read. */
  readonly failed: readonly FileNote[];
}

/**
 * Lists the article files below `dir`. Hidden files and folders (`.name`) are ignored.
 *
 * @throws FootnoteError `configuration` when `dir` is not a readable folder.
 */
export async function listFiles(dir: string, signal?: AbortSignal): Promise<CorpusListing> {
  const root = await corpusRoot(dir);
  const files: string[] = [];
  const skipped: FileNote[] = [];
  const failed: FileNote[] = [];
  // Real paths already walked, so that a link to a folder above ends.
  const walked = new Set<string>();

  async function walk(folder: string): Promise<void> {
    signal?.throwIfAborted();
    const real = await realpath(join(root, folder));
    if (walked.has(real)) return;
    walked.add(real);
    const names = await readdir(real);
    for (const name of names.filter((entry) => !entry.startsWith('.')).toSorted()) {
      const file = folder === '' ? name : `${folder}/${name}`;
      try {
        await visit(file);
      } catch (error) {
        signal?.throwIfAborted();
        failed.push({ file, reason: errorMessage(error) });
      }
    }
  }

  async function visit(file: string): Promise<void> {
    const target = await realpath(join(root, file));
    if (target !== root && !target.startsWith(root.endsWith(sep) ? root : root + sep)) {
      skipped.push({ file, reason: 'a link that leaves the corpus folder' });
      return;
    }
    const status = await stat(target);
    if (status.isDirectory()) await walk(file);
    else if (!status.isFile()) skipped.push({ file, reason: 'not a regular file' });
    else if (isArticle(file)) files.push(file);
    else skipped.push({ file, reason: `not an article format (${articleExtensions.join(', ')})` });
  }

  await walk('');
  return { files: files.toSorted(), skipped, failed };
}

async function corpusRoot(dir: string): Promise<string> {
  const remedy = 'Create the folder, or name another one with --corpus or CORPUS_DIR.';
  let root: string;
  try {
    root = await realpath(dir);
    await readdir(root);
  } catch (error) {
    throw new FootnoteError(
      'configuration',
      `The corpus folder ${dir} cannot be read: ${errorMessage(error)}`,
      {
        remedy,
        cause: error,
      },
    );
  }
  return root;
}

function isArticle(file: string): boolean {
  const extension = extname(file).toLowerCase();
  return articleExtensions.some((known) => known === extension);
}
