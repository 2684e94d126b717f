import { createHash } from 'node:crypto';

/** Dimensions of pgvector's largest sparse vector; numbers are from 1 to this. */
export const termNumbers = 1_000_000_000;

const known = new Map<string, number>();
const mostKnown = 200_000;

/**
 * The number of a term, by which it is looked up: a hash, so that nobody has to hand numbers out. Of a million terms about 500
 * pairs share theirs, which costs those a little of their rarity in a first ranking and nothing else.
 */
export function termNumber(term: string): number {
  const remembered = known.get(term);
  if (remembered !== undefined) return remembered;
  const number = (createHash('sha1').update(term).digest().readUInt32BE(0) % termNumbers) + 1;
  if (known.size >= mostKnown) known.clear();
  known.set(term, number);
  return number;
}
