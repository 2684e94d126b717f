import type { SourceRecord } from '../domain/ports.ts';

const withdrawnMark = '+withdrawn:';

/** Never the digest of a file, so that the file is read again. */
export const readAgain = 'read-again';

/**
 * The digest under which a file is remembered: with the articles that were left out of it because they are withdrawn, so
 * that it is read again once one of them is restored.
 */
export function rememberedDigest(digest: string, withdrawn: readonly string[]): string {
  return withdrawn.length === 0 ? digest : `${digest}${withdrawnMark}${withdrawn.toSorted().join(',')}`;
}

/** Whether reading a file with `digest` would give the articles that are remembered of it. */
export function isAsBefore(
  record: SourceRecord,
  digest: string,
  isWithdrawn: (articleId: string) => boolean,
): boolean {
  const [remembered, leftOut = ''] = record.digest.split(withdrawnMark);
  const isStillOut = leftOut.split(',').every((id) => id === '' || isWithdrawn(id));
  return remembered === digest && isStillOut && !record.articles.some(isWithdrawn);
}
