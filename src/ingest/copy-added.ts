import { canonicalJson } from '../domain/canonical-json.ts';
import { errorMessage, FootnoteError } from '../domain/errors.ts';
import type { AddedEnd } from './added/added-end.ts';
import { addedPrefix } from './load/corpus-roots.ts';
import type { SourceFile } from './load/read-source.ts';

/** What {@link copyAdded} copies, and where to. */
export interface AddedCopy {
  /** Nothing of it is changed. */
  readonly from: AddedEnd;
  readonly to: AddedEnd;
  /** Whether what `to` has beside it is removed. */
  readonly replace: boolean;
  /** Largest file that is read, in bytes. */
  readonly maxFileBytes: number;
  readonly signal: AbortSignal;
}

/** How much there is at the source. */
export interface AddedCounts {
  readonly files: number;
  readonly withdrawals: number;
}

/**
 * Copies the files that were added through Footnote, with what is said of each, and the withdrawals. One file at a time is in
 * memory; what is there already is not written again, so it may be repeated.
 *
 * @throws FootnoteError `unreadable-article`, `unavailable` when a file cannot be read or kept; the signal's reason.
 */
export async function copyAdded(copy: AddedCopy): Promise<AddedCounts> {
  return { files: await copyFiles(copy), withdrawals: await copyWithdrawals(copy) };
}

async function copyFiles({ from, to, replace, maxFileBytes, signal }: AddedCopy): Promise<number> {
  const paths = await addedPaths(from, signal);
  const there = new Set(await addedPaths(to, signal));
  for (const path of paths) {
    const file = await readFrom(from, path);
    if (there.has(path) && isSame(file, await readFrom(to, path).catch(ignoreUnreadable))) continue;
    await to.put({ path, bytes: file.bytes, sidecar: file.sidecar });
  }
  const kept = new Set(paths);
  for (const path of replace ? there : []) {
    signal.throwIfAborted();
    if (!kept.has(path)) await to.remove(path);
  }
  return paths.length;

  async function readFrom(end: AddedEnd, path: string): Promise<SourceFile> {
    signal.throwIfAborted();
    try {
      return await end.read(path, { maxBytes: maxFileBytes, signal });
    } catch (error) {
      signal.throwIfAborted();
      throw notCopied(path, error);
    }
  }
}

/** What cannot be read at the target is replaced. */
function ignoreUnreadable(error: unknown): undefined {
  if (error instanceof FootnoteError && error.code === 'unreadable-article') return undefined;
  throw error;
}

async function addedPaths(end: AddedEnd, signal: AbortSignal): Promise<readonly string[]> {
  const { files, failed } = await end.list(signal);
  const [closed] = failed;
  if (closed) throw notCopied(closed.file, new Error(closed.reason));
  return files.filter((path) => path.startsWith(addedPrefix));
}

async function copyWithdrawals({ from, to, replace, signal }: AddedCopy): Promise<number> {
  const [source, target] = [await from.withdrawn.read(), await to.withdrawn.read()];
  const there = new Map(target.list.map((withdrawal) => [withdrawal.articleId, canonicalJson(withdrawal)]));
  for (const withdrawal of source.list) {
    signal.throwIfAborted();
    if (there.get(withdrawal.articleId) !== canonicalJson(withdrawal))
      await to.withdrawn.withdraw(withdrawal);
    there.delete(withdrawal.articleId);
  }
  if (replace && there.size > 0) await to.withdrawn.restore({ articleIds: [...there.keys()] });
  return source.list.length;
}

function isSame(one: SourceFile, other: SourceFile | undefined): boolean {
  return (
    other !== undefined &&
    other.digest === one.digest &&
    canonicalJson(other.sidecar) === canonicalJson(one.sidecar)
  );
}

function notCopied(path: string, cause: unknown): FootnoteError {
  if (!(cause instanceof FootnoteError)) {
    return new FootnoteError('unavailable', `The file ${path} cannot be copied: ${errorMessage(cause)}`, {
      remedy: 'Mend that, then run it again: what has been copied is not copied twice.',
      cause,
    });
  }
  const { code, message, remedy } = cause;
  return new FootnoteError(code, `The file ${path} cannot be copied: ${message}`, {
    ...(remedy !== undefined && { remedy }),
    cause,
  });
}
