import type { WithdrawnArticle } from '../../domain/ingest-admin.ts';
import type { Withdrawals } from '../added/withdrawn.ts';

/** The withdrawn articles as they are shown, latest first. */
export function describeWithdrawn({ list }: Withdrawals): readonly WithdrawnArticle[] {
  return list.map(({ articleId, title, at, purged }) => ({
    id: articleId,
    ...(title !== undefined && { title }),
    withdrawnAt: at,
    restorable: purged !== true,
  }));
}
