import { z } from 'zod';

import type { PassageIndex } from '../../domain/ports.ts';
import { sliceSpan } from '../../domain/span.ts';
import type { Database } from '../../postgres/database.ts';
import { bytes } from '../../postgres/rows.ts';
import { shardOf } from '../../postgres/shard.ts';
import { passageColumns, summaryColumns, toPassage, toSummary } from '../article-rows.ts';
import { decodeQuantised } from '../vector-blobs.ts';
import type { IndexState } from './index-state.ts';
import { isVisible } from './snapshot.ts';
import { storable } from './sql-values.ts';

const idRow = z.object({ id: z.string() });
const textRow = z.object({ text: z.string() });
const vectorRows = z.array(z.object({ id: z.string(), vectors: bytes }));

/** Reading of passages by their ids. */
export function createPassageReader(
  database: Database,
  { snapshot: { next, pending }, dimensions }: IndexState,
): Pick<PassageIndex, 'passages' | 'sentenceVectors'> {
  /** Rows of `table` by shards and ids in parameters 3 and 4. */
  const asked = (table: string) =>
    `FROM unnest($3::integer[], $4::text[]) AS asked (shard, id)
     JOIN ${table} AS found ON found.shard = asked.shard AND found.id = asked.id
     WHERE ${isVisible('found', '$1::bigint', '$2::bigint[]')}`;

  return {
    async passages(ids) {
      const known = passagesOf(ids);
      if (known.length === 0) return [];
      const articleIds = [...new Set(known.map(({ article }) => article))];
      const found = (column: string) => `found.${column}`;
      const [passageRows, articleRows] = await Promise.all([
        database.query(`SELECT found.version, ${passageColumns.map(found).join(', ')} ${asked('passages')}`, [
          next,
          pending,
          known.map(({ article }) => shardOf(article)),
          known.map(({ id }) => id),
        ]),
        database.query(`SELECT found.text, ${summaryColumns.map(found).join(', ')} ${asked('articles')}`, [
          next,
          pending,
          articleIds.map(shardOf),
          articleIds,
        ]),
      ]);
      const articles = new Map(
        articleRows.map((row) => {
          const { length: _, ...article } = toSummary(row);
          return [article.id, { article, text: textRow.parse(row).text }];
        }),
      );
      const passages = new Map(passageRows.map((row) => [idRow.parse(row).id, toPassage(row)]));
      return ids.flatMap((id) => {
        const passage = passages.get(id);
        const stored = passage && articles.get(passage.articleId);
        if (!passage || !stored) return [];
        return [{ passage, article: stored.article, text: sliceSpan(stored.text, passage) }];
      });
    },
    async sentenceVectors(ids) {
      const known = passagesOf(ids);
      if (known.length === 0) return new Map();
      const rows = await database.query(
        `SELECT found.id, found.sentence_vectors AS vectors ${asked('passages')} ORDER BY found.key`,
        [next, pending, known.map(({ article }) => shardOf(article)), known.map(({ id }) => id)],
      );
      return new Map(
        vectorRows.parse(rows).map(({ id, vectors }) => [id, decodeQuantised(vectors, dimensions)]),
      );
    },
  };
}

/** Each once, with the article that the id begins with (see `passageId`); what is no such id is left out. */
function passagesOf(ids: readonly string[]): { readonly id: string; readonly article: string }[] {
  return storable([...new Set(ids)]).flatMap((id) => {
    const article = /^(.+):[^:]*:[^:]*$/su.exec(id)?.[1];
    return article === undefined ? [] : [{ id, article }];
  });
}
