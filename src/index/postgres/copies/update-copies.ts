import type { Sql } from '../../../postgres/database.ts';
import type { Snapshot } from '../snapshot.ts';
import { changeTexts, readTextChanges } from './change-texts.ts';
import { compareTexts, judgeInAdvance } from './compare-texts.ts';
import { createPairJudge } from './judge-pairs.ts';
import { storeGroups } from './store-groups.ts';

/** Brings the groups of near copies to the state after a commit. Within its transaction; `snapshot` is that state. */
export type CopyUpdate = (sql: Sql, snapshot: Snapshot) => Promise<void>;

/**
 * Prepares what a batch does to the groups of near copies: texts are compared before others are kept waiting, so that only what
 * has been committed meanwhile is left. Only changed texts are compared, and only their groups are made anew; they are
 * those that the local index makes of the same articles (`index/copies`).
 *
 * @param articles - all that the batch adds or removes.
 */
export async function prepareCopyUpdate(
  database: Sql,
  batch: number,
  articles: readonly string[],
): Promise<CopyUpdate> {
  const judge = createPairJudge();
  const { gone, fresh } = await readTextChanges(database, articles, batch);
  const replaced = new Set(gone.map(({ article }) => article));
  await judgeInAdvance(database, fresh, replaced, judge);
  return async (sql, snapshot) => {
    // Nobody else has changed these texts: the commit would have failed before.
    const { compare, touched } = await changeTexts(sql, { gone, fresh });
    await compareTexts(sql, compare, judge);
    await storeGroups(sql, [...new Set([...articles, ...touched, ...compare])], snapshot);
  };
}
