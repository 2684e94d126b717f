import { constants } from 'node:fs';
import { copyFile, link } from 'node:fs/promises';

import { syncFile } from '../domain/files/durable-files.ts';

/**
 * One file under both names where the file system can, otherwise a copy. Only for files that are never written again.
 *
 * @param linkFile - makes the link.
 * @throws what the file system says of the copy.
 */
export async function linkOrCopy(from: string, to: string, linkFile = link): Promise<void> {
  try {
    await linkFile(from, to);
  } catch {
    await copyFile(from, to, constants.COPYFILE_FICLONE);
    await syncFile(to);
  }
}
