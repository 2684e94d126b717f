import { randomBytes } from 'node:crypto';

import { FootnoteError } from '../../domain/errors.ts';
import type { NewJob } from '../added/added-store.ts';
import type { StagedJob } from '../added/staged-job.ts';
import type { JobParts } from './job-parts.ts';

/** Most jobs that may wait. */
const defaultMaxQueued = 1_000;

/** Seconds after which there may be room in the queue again. */
const retryAfterSeconds = 10;

/** Makes names for jobs, which sort in the order in which they are made. @param now - epoch milliseconds. */
export function createJobNames(now: () => number) {
  let serial = 0;
  return (subject: readonly string[]): Pick<NewJob, 'id' | 'createdAt' | 'subject'> => {
    const createdAt = new Date(now()).toISOString();
    const place = (serial++ % 36 ** 4).toString(36).padStart(4, '0');
    const id = `${createdAt.replaceAll(/[-:.]/gu, '')}-${place}-${randomBytes(4).toString('hex')}`;
    return { id, createdAt, subject };
  };
}

/** @throws FootnoteError `too-many-requests` when no more jobs are to wait. */
export function checkQueued(queued: number, maxQueued = defaultMaxQueued): void {
  if (queued < maxQueued) return;
  throw new FootnoteError('too-many-requests', `${queued} jobs are waiting already.`, {
    remedy: 'Send more once they are done.',
    retryAfter: retryAfterSeconds,
  });
}

/** @throws FootnoteError `not-found` when there is nothing of the article that a deletion would take away. */
export async function checkDeletable(
  parts: Pick<JobParts, 'sources' | 'withdrawn' | 'purge'>,
  articleId: string,
  { purge }: { readonly purge: boolean },
): Promise<void> {
  const sources = await parts.sources();
  const isThere = sources.some(({ articles }) => articles.includes(articleId));
  if (isThere || (purge && (await isKnown(parts, articleId)))) return;
  throw new FootnoteError('not-found', `There is no article with the id "${articleId}".`);
}

/** @throws FootnoteError `not-found` when the article is not withdrawn, and no unfinished job does that. */
export async function checkRestorable(
  { withdrawn }: Pick<JobParts, 'withdrawn'>,
  articleId: string,
  unfinished: readonly Pick<StagedJob, 'task'>[],
): Promise<void> {
  const { list } = await withdrawn.read();
  const isWithdrawn =
    list.some((entry) => entry.articleId === articleId) ||
    unfinished.some(({ task }) => task.type === 'delete' && task.articleId === articleId);
  if (isWithdrawn) return;
  throw new FootnoteError('not-found', `There is no withdrawn article with the id "${articleId}".`);
}

/** Whether there is something of the article that can be purged. */
async function isKnown(
  { withdrawn, purge }: Pick<JobParts, 'withdrawn' | 'purge'>,
  articleId: string,
): Promise<boolean> {
  const withdrawals = await withdrawn.read();
  return withdrawals.isWithdrawn({ articleId }) || ((await purge?.holds(articleId)) ?? false);
}
