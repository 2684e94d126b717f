import type { SourceRecord } from '../../domain/ports.ts';
import type { Withdrawals, WithdrawnStore } from '../added/withdrawn.ts';
import { leftOutOf } from '../source-digest.ts';

/** The withdrawn articles, for one of many jobs. */
export interface OwnWithdrawals {
  /** As the store, taking note of what the job changes. */
  readonly store: WithdrawnStore;
  /**
   * Whether an article is withdrawn, as far as the job is concerned: what other jobs withdraw and restore at the same moment is left
   * to them, in files that are not this job's.
   *
   * @param known - what the index knows of the files.
   * @param touched - the files of the job.
   */
  within(
    current: Withdrawals,
    known: Iterable<SourceRecord>,
    touched: readonly string[],
  ): (articleId: string) => boolean;
}

/** @param changes - articles whose withdrawal is what the job is about. */
export function createOwnWithdrawals(store: WithdrawnStore, changes: readonly string[]): OwnWithdrawals {
  const own = new Set(changes);
  return {
    store: {
      ...store,
      async withdraw(withdrawal) {
        own.add(withdrawal.articleId);
        await store.withdraw(withdrawal);
      },
      async restore(which) {
        const lifted = await store.restore(which);
        for (const { articleId } of lifted) own.add(articleId);
        return lifted;
      },
    },
    within(current, known, touched) {
      const isCurrently = (articleId: string) => current.isWithdrawn({ articleId });
      const files = new Set(touched);
      /** As the index has it, where that is not how it is any more. */
      const asIndexed = new Map<string, boolean>();
      for (const record of known) {
        if (files.has(record.path)) continue;
        for (const id of record.articles) if (!own.has(id) && isCurrently(id)) asIndexed.set(id, false);
        for (const id of leftOutOf(record)) if (!own.has(id) && !isCurrently(id)) asIndexed.set(id, true);
      }
      return (articleId) => asIndexed.get(articleId) ?? isCurrently(articleId);
    },
  };
}
