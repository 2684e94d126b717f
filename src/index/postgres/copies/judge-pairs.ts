import { z } from 'zod';

import { estimatedContainment } from '../../../domain/text/min-hash.ts';
import type { Sql } from '../../../postgres/database.ts';
import { shardOf } from '../../../postgres/shard.ts';
import { isNearCopy, leastContainment, type TextTraits, traitsOf } from '../../copies/near-copy.ts';
import { chunksOf } from '../article-tables.ts';
import type { CopyText } from './copy-texts.ts';

/** Estimates below which texts are not compared themselves: three standard errors below what is looked for. */
const leastEstimate = leastContainment - 0.15;

/** Texts that are kept in memory, at about one byte a character, and texts that are read at a time. */
const mostKept = 5_000;
const textsPerStatement = 50;

const textRows = z.array(z.object({ id: z.string(), text: z.string() }));

/** Two texts that may be near copies. */
export type TextPair = readonly [CopyText, CopyText];

/** Tells which pairs are near copies, and remembers it: what was judged before a lock need not be judged again under it. */
export type JudgePairs = (sql: Sql, candidates: readonly TextPair[]) => Promise<TextPair[]>;

/** Makes a judge that remembers nothing yet. */
export function createPairJudge(): JudgePairs {
  const judged = new Map<string, boolean>();
  const traits = new Map<string, TextTraits>();

  async function readTraits(sql: Sql, texts: readonly CopyText[]): Promise<void> {
    const missing = new Map(
      texts.filter((text) => !traits.has(nameOf(text))).map((text) => [text.article, text]),
    );
    if (traits.size + missing.size > mostKept) traits.clear();
    for (const chunk of chunksOf([...missing.values()], textsPerStatement)) {
      // Whatever row has this version has this text.
      const rows = await sql.query(
        `SELECT DISTINCT ON (id) id, text FROM articles WHERE (shard, id, version) IN (
           SELECT shard, id, version FROM unnest($1::integer[], $2::text[], $3::text[]) AS asked (shard, id, version)
         )`,
        [
          chunk.map(({ article }) => shardOf(article)),
          chunk.map(({ article }) => article),
          chunk.map(({ version }) => version),
        ],
      );
      for (const { id, text } of textRows.parse(rows)) {
        const known = missing.get(id);
        if (known) traits.set(nameOf(known), traitsOf(text));
      }
    }
  }

  return async (sql, candidates) => {
    const likely = candidates.filter(
      ([a, b]) => estimatedContainment(a.signature, b.signature) >= leastEstimate,
    );
    for (const some of chunksOf(
      likely.filter((pair) => !judged.has(pairName(pair))),
      textsPerStatement,
    )) {
      const texts = some.flat();
      await readTraits(sql, texts);
      // Cleared for want of room, as it may be, they are read again together.
      if (texts.some((text) => !traits.has(nameOf(text)))) await readTraits(sql, texts);
      for (const pair of some) {
        const [a, b] = pair.map((text) => traits.get(nameOf(text)));
        judged.set(pairName(pair), a !== undefined && b !== undefined && isNearCopy(a, b));
      }
    }
    return likely.filter((pair) => judged.get(pairName(pair)) === true);
  };
}

const nameOf = ({ article, version }: CopyText): string => `${version} ${article}`;

function pairName([a, b]: TextPair): string {
  const [one, other] = [nameOf(a), nameOf(b)];
  return one < other ? `${one}\n${other}` : `${other}\n${one}`;
}
