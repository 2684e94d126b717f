import { errorCode, errorMessage, FootnoteError } from '../domain/errors.ts';

/** Codes of failures that the operator can mend by making room or choosing another folder. */
const storageCodes =
  /^(?:ENOSPC|EDQUOT|EFBIG|EROFS|EACCES|EPERM|EIO|ENOTDIR|ENOENT|EMFILE|SQLITE_(?:FULL|IOERR|READONLY|CANTOPEN).*)$/u;

/** The index cannot serve; a rebuild mends it. */
export function unusable(problem: string, cause?: unknown): FootnoteError {
  return new FootnoteError('index-unusable', problem, {
    remedy: 'npm run ingest',
    ...(cause !== undefined && { cause }),
  });
}

/** Codes of a disk that takes no more. */
const fullCodes = /^(?:ENOSPC|EDQUOT|EFBIG)$/u;

/** Whether what was built is worth keeping after this failure: the file system refused, and not for want of space. */
export function keepsBuilding(error: unknown): boolean {
  const code = errorCode(error) ?? '';
  return /^E[A-Z0-9]+$/u.test(code) && !fullCodes.test(code);
}

/** Turns a refusal of the disk into one clear message; anything else comes back as it is. */
export function storageError(dir: string, error: unknown): unknown {
  if (error instanceof FootnoteError || !(error instanceof Error)) return error;
  if (!storageCodes.test(errorCode(error) ?? '')) return error;
  return new FootnoteError('unavailable', `Cannot write the index in ${dir}: ${errorMessage(error)}`, {
    remedy: 'Free space or choose another INDEX_DIR, then run npm run ingest.',
    cause: error,
  });
}
