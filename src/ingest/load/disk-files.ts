import { open, realpath, stat } from 'node:fs/promises';
import { sep } from 'node:path';

import { errorCode } from '../../domain/errors.ts';
import { readSidecar } from '../added/sidecar.ts';
import { eachOf } from '../web/each-of.ts';
import type { CorpusFiles, FileDescription } from './corpus-files.ts';
import { addedPrefix, corpusFile, type CorpusRoots } from './corpus-roots.ts';
import { listFiles } from './list-files.ts';
import { readSource } from './read-source.ts';

/** Files that are looked at together: all at once could be more than may be open. */
const filesAtOnce = 16;

/** The files of a corpus in its folders. */
export function createDiskFiles(roots: CorpusRoots): CorpusFiles {
  return {
    place: roots.corpusDir,
    list: (signal) => listFiles(roots, signal),
    has: (path) => isFile(corpusFile(roots, path)),
    read: (path, options) => readSource(corpusFile(roots, path), options),
    async describe(paths) {
      const described = await eachOf(
        paths,
        filesAtOnce,
        async (path) => [path, await describe(roots, path)] as const,
      );
      return new Map(described.flatMap(([path, known]) => (known ? [[path, known]] : [])));
    },
    async open(path) {
      const file = await insideCorpus(roots, corpusFile(roots, path));
      const status = file === undefined ? undefined : await stat(file).catch(() => undefined);
      if (file === undefined || !status?.isFile()) return undefined;
      return { bytes: status.size, content: contentOf(file) };
    },
  };
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return false;
    throw error;
  }
}

async function describe(roots: CorpusRoots, path: string): Promise<FileDescription | undefined> {
  const file = corpusFile(roots, path);
  const status = await stat(file).catch(() => undefined);
  if (!status) return undefined;
  const address = await addressOf(path, file);
  return { bytes: status.size, ...(address !== undefined && { address }) };
}

/** Only what was added has an address; one that cannot be read is told by the failures. */
async function addressOf(path: string, file: string): Promise<string | undefined> {
  if (!path.startsWith(addedPrefix)) return undefined;
  const sidecar = await readSidecar(file).catch(() => undefined);
  return sidecar?.fetched?.finalUrl;
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
