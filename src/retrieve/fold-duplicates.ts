import type { Evidence, EvidenceCopy } from '../domain/evidence.ts';
import { shinglesOf } from '../domain/text/shingles.ts';
import { saysNothingElse } from './same-statements.ts';
import type { TimeSearch } from './time/time-search.ts';

/**
 * Share of a passage's shingles that must stand in another article's passages before it counts as a copy of them.
 * Of 320,000 pairs of passages of different articles, found by the questions of public sets, 75 lie between 0.3 and it.
 */
const leastContainment = 0.8;

/** The same for passages of articles that are known to be near copies of one another. */
const leastInCopies = 0.5;

/** Share of a copy that a passage must hold for the copy to be listed with it. */
const leastShare = 1 - leastContainment;

/** Ids of the articles that stand for groups of near copies, by those of all members. */
export type Leaders = ReadonlyMap<string, string>;

/** Which of several copies stays: the newest (undated ones are the oldest), or the one ranked best. */
export type KeptCopy = 'newest' | 'best';

/** A question about another time than now ranks the copy of that time best; otherwise the newest leads. */
export function copyToKeep(time: TimeSearch | undefined): KeptCopy {
  const isOfNow = !time?.intent.mentioned && time?.intent.recency !== 'earliest';
  return isOfNow ? 'newest' : 'best';
}

interface Kept<T> {
  readonly item: T;
  readonly copies: EvidenceCopy[];
  score: number;
}

/**
 * Folds passages of different articles that are nearly the same text, as where two papers print one wire story, so
 * that the first ones of the list say different things. Containment of word shingles (A. Broder, "On the
 * resemblance and containment of documents", 1997), measured against all kept passages of the other article, as
 * copies are often cut differently; what says anything else, above all another figure or date, is not folded.
 *
 * The copy that stays takes the best score among its copies and lists the others as `alsoIn`; of one date, that of the
 * group's leader stays, then the longest. Folding again changes nothing.
 *
 * Where the newest leads and passages of near copies say different things, the newer one comes before the older.
 *
 * @param ranked - best first.
 * @returns best first; what is not folded keeps its order.
 */
export function foldDuplicates<T extends Evidence>(
  ranked: readonly T[],
  keep: KeptCopy,
  leaders: Leaders = new Map(),
): T[] {
  const places = new Map(ranked.map((item, index) => [item.passage.id, index]));
  const placeOf = ({ passage }: T) => places.get(passage.id) ?? 0;
  const kept: Kept<T>[] = [];
  const holders = new Map<number, Kept<T>[]>();
  for (const item of ranked.toSorted((a, b) => preference(a, b, { keep, leaders }))) {
    const shingles = shinglesOf(item.text);
    const originals = findOriginals(item, { shingles, holders, leaders });
    for (const original of originals) {
      original.score = Math.max(original.score, item.score);
      original.copies.push(copyOf(item), ...(item.alsoIn ?? []));
    }
    if (originals.length > 0) continue;
    const own = { item, copies: [], score: item.score };
    kept.push(own);
    for (const shingle of shingles) {
      const others = holders.get(shingle);
      if (others) others.push(own);
      else holders.set(shingle, [own]);
    }
  }
  const folded = kept
    .toSorted((a, b) => b.score - a.score || placeOf(a.item) - placeOf(b.item))
    .map(({ item, copies, score }) =>
      copies.length === 0 ? item : { ...item, score, alsoIn: listed(item, copies) },
    );
  return keep === 'newest' ? newerFirst(folded, leaders) : folded;
}

/** The kept passages of one article that hold `item`; none where it must stay. */
function findOriginals<T extends Evidence>(
  item: T,
  {
    shingles,
    holders,
    leaders,
  }: {
    readonly shingles: ReadonlySet<number>;
    /** The kept passages by their shingles. */
    readonly holders: ReadonlyMap<number, readonly Kept<T>[]>;
    readonly leaders: Leaders;
  },
): Kept<T>[] {
  const { id, language } = item.article;
  const shared = new Map<Kept<T>, number>();
  for (const shingle of shingles) {
    for (const holder of holders.get(shingle) ?? []) shared.set(holder, (shared.get(holder) ?? 0) + 1);
  }
  const shares = Array.from(shared, ([other, count]) => ({ other, share: count / shingles.size })).filter(
    ({
      other: {
        item: { article },
      },
      share,
    }) => share >= leastShare && article.id !== id && article.language === language,
  );
  for (const articleId of new Set(shares.map(({ other }) => other.item.article.id))) {
    const own = shares.filter(({ other }) => other.item.article.id === articleId);
    // Passages of an article do not overlap, so their shares add up.
    const total = own.reduce((sum, { share }) => sum + share, 0);
    const originals = own.map(({ other }) => other);
    const texts = originals.map((original) => original.item);
    const areCopies = inOneGroup(id, articleId, leaders) && total < leastContainment;
    const least = areCopies ? leastInCopies : leastContainment;
    if (total >= least && saysNothingElse(item, texts, { areCopies })) return originals;
  }
  return [];
}

function preference(
  a: Evidence,
  b: Evidence,
  { keep, leaders }: { readonly keep: KeptCopy; readonly leaders: Leaders },
): number {
  const byId = a.passage.id < b.passage.id ? -1 : 1;
  if (keep === 'best') return b.score - a.score || byId;
  return byAge(a, b, leaders) || b.text.length - a.text.length || byId;
}

/** The newest first, undated ones last; of one date, those that stand for others first. */
function byAge(a: Evidence, b: Evidence, leaders: Leaders): number {
  const [dateOfA, dateOfB] = [a.article.publishedAt ?? '', b.article.publishedAt ?? ''];
  if (dateOfA !== dateOfB) return dateOfA < dateOfB ? 1 : -1;
  const leads = ({ article }: Evidence) => (leaders.get(article.id) === article.id ? 1 : 0);
  return leads(b) - leads(a);
}

function inOneGroup(a: string, b: string, leaders: Leaders): boolean {
  const leader = leaders.get(a);
  return leader !== undefined && a !== b && leader === leaders.get(b);
}

/** Moves what updates an earlier passage of the list, in a newer copy of its article, to its place, with its score. */
function newerFirst<T extends Evidence>(list: readonly T[], leaders: Leaders): T[] {
  const shingles = new Map<string, Set<number>>();
  const shinglesIn = ({ passage, text }: T) => {
    const known = shingles.get(passage.id) ?? shinglesOf(text);
    shingles.set(passage.id, known);
    return known;
  };
  const updates = (newer: T, older: T) =>
    inOneGroup(newer.article.id, older.article.id, leaders) &&
    byAge(newer, older, leaders) < 0 &&
    shareBetween(shinglesIn(newer), shinglesIn(older)) >= leastInCopies;
  const result: T[] = [];
  const rest = [...list];
  for (let item = rest.shift(); item; item = rest.shift()) {
    const older = item;
    const place = rest.findIndex((other) => updates(other, older));
    const [newer] = place < 0 ? [] : rest.splice(place, 1);
    if (newer) rest.unshift({ ...newer, score: Math.max(newer.score, older.score) }, older);
    else result.push(older);
  }
  return result;
}

/** Share of the shorter of two passages that the other holds. */
function shareBetween(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const shared = Array.from(a).filter((shingle) => b.has(shingle)).length;
  return shared / Math.max(1, Math.min(a.size, b.size));
}

function copyOf({ article, passage, text }: Evidence): EvidenceCopy {
  return {
    articleId: article.id,
    title: article.title,
    ...(article.publisher !== undefined && { publisher: article.publisher }),
    ...(article.publishedAt !== undefined && { publishedAt: article.publishedAt }),
    passageId: passage.id,
    text,
  };
}

/** What was listed before and what is new, each passage once. */
function listed(item: Evidence, copies: readonly EvidenceCopy[]): EvidenceCopy[] {
  const byId = new Map([...(item.alsoIn ?? []), ...copies].map((copy) => [copy.passageId, copy]));
  return Array.from(byId.values());
}
