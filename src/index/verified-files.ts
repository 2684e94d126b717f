import { stat } from 'node:fs/promises';

import { digestFile, type FileDigest } from '../domain/files/durable-files.ts';

/** Enough for the files of the generations that are there at a time. */
const mostKept = 16;

/** A file as it was when it was read whole. */
export interface VerifiedFile extends FileDigest {
  /** Device, inode, size, and the times of the last change to content and to inode. */
  readonly identity: string;
}

/**
 * What files were when this process read them whole, so that no generation is read twice for its checksums: by the writer
 * that has just made it and whoever opens it then, and by whoever serves it and the writer that builds on it.
 *
 * Files of a generation never change. One that did all the same has another time of change, which no program can
 * set, and is read again; a disk that has lost bits since is noticed by the next process.
 */
export interface VerifiedFiles {
  /** Its size and checksum, read only when the file is not the one that was read before. @throws what the file system says. */
  digest(path: string): Promise<FileDigest>;
  list(): readonly VerifiedFile[];
  /** Takes over what another thread has read. */
  add(files: readonly VerifiedFile[]): void;
}

/** @param initial - what another thread has read. */
export function createVerifiedFiles(initial: readonly VerifiedFile[] = []): VerifiedFiles {
  const files = new Map<string, VerifiedFile>();

  function add(more: readonly VerifiedFile[]): void {
    for (const file of more) {
      files.delete(file.identity);
      files.set(file.identity, file);
    }
    for (const identity of Array.from(files.keys()).slice(0, -mostKept)) files.delete(identity);
  }

  add(initial);
  return {
    async digest(path) {
      const before = await identityOf(path);
      const known = files.get(before);
      if (known) return { bytes: known.bytes, sha256: known.sha256 };
      const digest = await digestFile(path);
      if (before === (await identityOf(path))) add([{ ...digest, identity: before }]);
      return digest;
    },
    list: () => Array.from(files.values()),
    add,
  };
}

/** Size and checksum of a file, which is not read where that is known. @throws what the file system says. */
export function digestOf(path: string, verified: VerifiedFiles | undefined): Promise<FileDigest> {
  return verified ? verified.digest(path) : digestFile(path);
}

async function identityOf(path: string): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join(':');
}
