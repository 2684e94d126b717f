import type { Sql } from '../../../postgres/database.ts';
import { crowd } from '../../copies/text-changes.ts';
import { chunksOf } from '../article-tables.ts';
import { bandsOfText, type CopyText, readBands, readCopyTexts } from './copy-texts.ts';
import type { JudgePairs, TextPair } from './judge-pairs.ts';

/** Texts that are compared with one round of statements. */
const textsPerRound = 40;

/** Texts of a batch above which those that come together are not compared before the lock: their bands fill the memory. */
const mostPrepared = 20_000;

/** Finds the near copies of the articles and adds them to the pairs. */
export async function compareTexts(sql: Sql, ids: readonly string[], judge: JudgePairs): Promise<void> {
  const waiting = new Set(ids);
  for (const round of chunksOf(ids, textsPerRound)) {
    const texts = await readCopyTexts(sql, round);
    const bands = await readBands(sql, [...texts.values()].flatMap(bandsOfText));
    const candidates = new Map<string, string[]>();
    const others = new Set<string>();
    for (const id of round) {
      waiting.delete(id);
      const text = texts.get(id);
      if (!text) continue;
      // Who is still waiting finds it later.
      const found = new Set(bandsOfText(text).flatMap((band) => bands.get(band) ?? []));
      found.delete(id);
      const near = [...found].filter((other) => !waiting.has(other));
      candidates.set(id, near);
      for (const other of near) if (!texts.has(other)) others.add(other);
    }
    for (const [id, text] of await readCopyTexts(sql, [...others])) texts.set(id, text);
    await addPairs(sql, await judge(sql, pairsOf(texts, candidates)));
  }
}

/** Judges in advance what {@link compareTexts} will ask for, as far as that can be seen before the batch is committed. */
export async function judgeInAdvance(
  sql: Sql,
  fresh: readonly CopyText[],
  replaced: ReadonlySet<string>,
  judge: JudgePairs,
): Promise<void> {
  const own = new Map<number, string[]>();
  const texts = new Map<string, CopyText>();
  for (const round of chunksOf(fresh.slice(0, mostPrepared), textsPerRound)) {
    const bands = await readBands(sql, round.flatMap(bandsOfText));
    const candidates = new Map<string, string[]>();
    const others = new Set<string>();
    for (const text of round) {
      const near = new Set<string>();
      for (const band of bandsOfText(text)) {
        const earlier = own.get(band) ?? [];
        const known = (bands.get(band) ?? []).filter((id) => !replaced.has(id));
        if (earlier.length + known.length < crowd) for (const id of [...earlier, ...known]) near.add(id);
        own.set(band, [...earlier.slice(-crowd), text.article]);
      }
      candidates.set(text.article, [...near]);
      texts.set(text.article, text);
      for (const id of near) if (!texts.has(id)) others.add(id);
    }
    const read = await readCopyTexts(sql, [...others]);
    await judge(sql, pairsOf(new Map([...texts, ...read]), candidates));
  }
}

function pairsOf(
  texts: ReadonlyMap<string, CopyText>,
  candidates: ReadonlyMap<string, readonly string[]>,
): TextPair[] {
  return Array.from(candidates).flatMap(([id, others]) => {
    const text = texts.get(id);
    return others.flatMap((other): TextPair[] => {
      const found = texts.get(other);
      return text && found ? [[text, found]] : [];
    });
  });
}

async function addPairs(sql: Sql, found: readonly TextPair[]): Promise<void> {
  const sorted = found.map(([{ article: a }, { article: b }]): [string, string] => (a < b ? [a, b] : [b, a]));
  for (const chunk of chunksOf(sorted, 1_000)) {
    await sql.query(
      `INSERT INTO copy_pairs (shard, article, other)
       SELECT 0, article, other FROM unnest($1::text[], $2::text[]) AS new (article, other) ON CONFLICT DO NOTHING`,
      [chunk.map(([article]) => article), chunk.map(([, other]) => other)],
    );
  }
}
