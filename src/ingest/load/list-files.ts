import { readdir, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

import { errorCode, FootnoteError, errorMessage } from '../../domain/errors.ts';
import type { FileNote } from '../../domain/ingest-job.ts';
import { sidecarEnding } from '../added/sidecar.ts';
import { articleExtensions } from '../extract/article-extensions.ts';
import { type CorpusRoots, addedPrefix } from './corpus-roots.ts';

/** What stands in a corpus. Paths have `/`; see {@link CorpusRoots}. */
export interface CorpusListing {
  /** Article files, in the order of their code units. */
  readonly files: readonly string[];
  /** Files of other kinds, and links that leave their folder. */
  readonly skipped: readonly FileNote[];
  /** Folders and links that could not be read. */
  readonly failed: readonly FileNote[];
}

/** Files of Footnote's own that are no articles. */
const ownFiles: ReadonlySet<string> = new Set([
  'sources.yml',
  'sources.yaml',
  `${addedPrefix}withdrawn.json`,
]);

/**
 * Lists the article files of a corpus. Hidden files and folders (`.name`) are ignored.
 *
 * @throws FootnoteError `configuration` when the corpus is not a readable folder.
 */
export async function listFiles(roots: CorpusRoots, signal?: AbortSignal): Promise<CorpusListing> {
  const added = await realpath(roots.addedDir).catch(() => undefined);
  const own = await listFolder(roots.corpusDir, '', { leaveOut: added, signal });
  const more = await listAdded(roots.addedDir, signal);
  const isToldAlready = ({ file }: FileNote) => own.failed.some((note) => note.file === file);
  return {
    files: [...own.files, ...more.files].toSorted(),
    skipped: [...own.skipped, ...more.skipped],
    failed: [...own.failed, ...more.failed.filter((note) => !isToldAlready(note))],
  };
}

/** Lists what was added. The folder need not be there; one that cannot be opened may hold what it held. */
export async function listAdded(dir: string, signal: AbortSignal | undefined): Promise<CorpusListing> {
  try {
    return await listFolder(await realpath(dir), addedPrefix, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    const isThere = errorCode(error) !== 'ENOENT';
    return {
      files: [],
      skipped: [],
      failed: isThere ? [{ file: addedFolder, reason: errorMessage(error) }] : [],
    };
  }
}

/** How that folder is called in reports. */
const addedFolder = addedPrefix.slice(0, -1);

async function listFolder(
  dir: string,
  prefix: string,
  { leaveOut, signal }: { leaveOut?: string | undefined; signal?: AbortSignal | undefined },
): Promise<CorpusListing> {
  const root = await readableRoot(dir);
  const files: string[] = [];
  const skipped: FileNote[] = [];
  const failed: FileNote[] = [];
  // Real paths already walked, so that a link to a folder above ends.
  const walked = new Set(leaveOut === undefined ? [] : [leaveOut]);

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
        // Removed since its folder was read: as if it had never been there.
        if (errorCode(error) !== 'ENOENT') failed.push({ file: prefix + file, reason: errorMessage(error) });
      }
    }
  }

  async function visit(file: string): Promise<void> {
    const target = await realpath(join(root, file));
    const note = (reason: string) => skipped.push({ file: prefix + file, reason });
    if (target !== root && !target.startsWith(root.endsWith(sep) ? root : root + sep)) {
      note('a link that leaves the corpus folder');
      return;
    }
    const status = await stat(target);
    if (prefix + file === addedFolder && target !== leaveOut) {
      note('the name of the folder for what is added, which is elsewhere (ADDED_DIR); give it another');
    } else if (status.isDirectory()) await walk(file);
    else if (ownFiles.has(prefix + file) || file.endsWith(sidecarEnding)) return;
    else if (!status.isFile()) note('not a regular file');
    else if (isArticle(file)) files.push(prefix + file);
    else note(`not an article format (${articleExtensions.join(', ')})`);
  }

  await walk('');
  return { files, skipped, failed };
}

async function readableRoot(dir: string): Promise<string> {
  try {
    const root = await realpath(dir);
    await readdir(root);
    return root;
  } catch (error) {
    throw new FootnoteError(
      'configuration',
      `The corpus folder ${dir} cannot be read: ${errorMessage(error)}`,
      {
        remedy: 'Create the folder, or name another one with --corpus or CORPUS_DIR.',
        cause: error,
      },
    );
  }
}

function isArticle(file: string): boolean {
  const extension = extname(file).toLowerCase();
  return articleExtensions.some((known) => known === extension);
}
