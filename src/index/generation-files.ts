import { join } from 'node:path';

import Database from 'better-sqlite3';

import { errorMessage } from '../domain/errors.ts';
import type { FileDigest } from '../domain/files/durable-files.ts';
import { unusable } from './index-errors.ts';
import { digestOf, type VerifiedFiles } from './verified-files.ts';

/**
 * @param verified - what need not be read again.
 * @throws FootnoteError `index-unusable` that names the file, when it is not what `expected` says.
 */
export async function verifyFile(
  folder: string,
  name: string,
  expected: FileDigest,
  verified?: VerifiedFiles,
): Promise<void> {
  const path = join(folder, name);
  const digest = await digestOf(path, verified).catch((error: unknown) => {
    throw unusable(`The index file ${name} cannot be read: ${errorMessage(error)}.`, error);
  });
  if (digest.bytes !== expected.bytes || digest.sha256 !== expected.sha256) {
    throw unusable(`The index file ${name} is damaged: its checksum is not the one in the manifest.`);
  }
}

/** Opens a verified article database for reading. @throws FootnoteError `index-unusable` */
export function openDatabase(folder: string, name: string): Database.Database {
  try {
    return new Database(join(folder, name), { readonly: true, fileMustExist: true });
  } catch (error) {
    throw unusable(`The index file ${name} cannot be opened: ${errorMessage(error)}.`, error);
  }
}
