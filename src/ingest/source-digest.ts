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
  return record.digest.split(withdrawnMark, 1)[0] === digest && hasWithdrawnAsBefore(record, isWithdrawn);
}

/** Whether the articles of a file that are withdrawn are those that were left out of it. */
export function hasWithdrawnAsBefore(
  record: SourceRecord,
  isWithdrawn: (articleId: string) => boolean,
): boolean {
  return leftOutOf(record).every(isWithdrawn) && !record.articles.some(isWithdrawn);
}

/** The articles of a file that were left out of it because they were withdrawn. */
export function leftOutOf({ digest }: SourceRecord): readonly string[] {
  return digest.split(withdrawnMark)[1]?.split(',') ?? [];
}
