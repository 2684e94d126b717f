import { clausesOf } from './clauses.ts';
import { nameWords } from './names.ts';
import { type Notion, holds } from './notions.ts';
import { freeEnglish, freeVietnamese } from './paraphrases.ts';
import type { Statement } from './statement.ts';

/** How far the evidence holds what a sentence is about. */
export interface ContentCover {
  /** 0–1: share of the words of topic that are met; words met by the title or headings only count half. */
  readonly share: number;
  /** Words of topic that were compared. */
  readonly compared: number;
  /** A whole part of the sentence is met by nothing: something was added. */
  readonly addition: boolean;
}

/** Neighbours without evidence that make an addition. */
const additionLength = 3;

/** Compares the words of topic, names and numbers apart. */
export function coverContent(
  claim: Statement,
  evidence: readonly Statement[],
  frames: readonly Statement[],
  notionsFor: (target: Statement) => readonly Notion[],
): ContentCover {
  const names = new Set(nameWords(claim));
  const free = claim.language === 'en' ? freeEnglish : freeVietnamese;
  const isTopic = (index: number) => {
    const token = claim.tokens[index];
    if (!token || token.stop || claim.counted.has(index) || names.has(index)) return false;
    return !free.has(claim.language === 'en' ? token.term : token.folded) && token.folded.length > 1;
  };
  const met = claim.tokens.map(() => 0);
  const judged = claim.tokens.map(() => false);
  const length = claim.tokens.map(() => 1);
  for (const [weight, statements] of [
    [1, evidence],
    [0.5, frames],
  ] as const) {
    for (const statement of statements) {
      for (const notion of notionsFor(statement)) {
        const held = holds(statement.notions, notion) ? weight : 0;
        for (let index = notion.first; index <= notion.last; index += 1) {
          const term = claim.tokens[index]?.term ?? '';
          const own = statement.notions.terms.has(term) ? weight : 0;
          met[index] = Math.max(met[index] ?? 0, held, own);
          if (notion.judged) judged[index] = true;
          length[index] = notion.last - notion.first + 1;
        }
      }
    }
  }
  const topic = claim.tokens.flatMap((_, index) => (isTopic(index) && judged[index] ? [index] : []));
  const total = topic.reduce((sum, index) => sum + (met[index] ?? 0), 0);
  return {
    share: topic.length === 0 ? 1 : total / topic.length,
    compared: topic.length,
    addition: hasAddition(
      claim,
      topic,
      met,
      evidence.some(({ language }) => language === claim.language),
    ),
  };
}

function hasAddition(
  claim: Statement,
  topic: readonly number[],
  met: readonly number[],
  sameLanguage: boolean,
): boolean {
  const unmet = (index: number) => (met[index] ?? 0) === 0;
  let run = 0;
  // A word list misses much: across languages only a long run tells.
  const needed = !sameLanguage
    ? 2 * additionLength
    : claim.language === 'vi'
      ? additionLength + 1
      : additionLength;
  for (const index of topic) {
    run = unmet(index) ? run + 1 : 0;
    if (run >= needed) return true;
  }
  const names = new Set(nameWords(claim));
  // A clause of its own, or an item of a list, of which nothing is met.
  return partsOf(claim).some(({ start, end }, position) => {
    if (position === 0) return false;
    const inside = topic.filter((index) => index >= start && index < end);
    const anchored = Array.from(names).some((index) => index >= start && index < end);
    return !anchored && inside.length > (sameLanguage ? 0 : additionLength) && inside.every(unmet);
  });
}

function partsOf(claim: Statement): { start: number; end: number }[] {
  return clausesOf(claim).flatMap(({ start, end }) => {
    const cuts = claim.tokens.flatMap(({ lower }, index) =>
      index > start && index < end && /^(?:and|or|và|hoặc|cùng)$/u.test(lower) ? [index] : [],
    );
    return [start, ...cuts].map((cut, index) => ({ start: cut, end: cuts[index] ?? end }));
  });
}
