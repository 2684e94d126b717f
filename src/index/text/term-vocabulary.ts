import type Database from 'better-sqlite3';
import { z } from 'zod';

import type { Language } from '../../domain/language.ts';
import { distanceRows, editDistance, type Letters } from './edit-distance.ts';

/** The terms of one language in memory, to find those that are spelled alike. */
export interface TermVocabulary {
  readonly size: number;
  /** See `PassageIndex.similarTerms`. Looks at the first {@link maximumAsked} terms. */
  similar(terms: readonly string[]): Map<string, string>;
}

/** Most terms that one call looks at; a question has far fewer. */
export const maximumAsked = 64;

/** Shortest and longest term that is corrected; outside, either everything is near or nothing. */
const correctable = { shortest: 4, longest: 32 };
/** From this length on two edits are forgiven, below one. */
const forgivenTwice = 8;

/** Terms of one length and first letter, one after another. */
interface Bucket {
  readonly length: number;
  readonly units: Uint16Array;
  /** Which letters each term has, one bit each (letters may share a bit). */
  readonly masks: Int32Array;
  readonly frequencies: Uint32Array;
}

interface Found {
  readonly term: string;
  readonly distance: number;
  readonly frequency: number;
}

/** The vocabularies of a database by language, each read when it is first asked for. */
export function createTermVocabularies(database: Database.Database): (language: Language) => TermVocabulary {
  const read = new Map<Language, TermVocabulary>();
  return (language) => {
    const vocabulary = read.get(language) ?? createTermVocabulary(readTerms(database, language));
    read.set(language, vocabulary);
    return vocabulary;
  };
}

const termRow = z.tuple([z.string(), z.int()]);

function* readTerms(database: Database.Database, language: Language): Generator<[string, number]> {
  const statement = database.prepare(
    `SELECT term, documents FROM terms
     WHERE language = ? AND length(term) BETWEEN ? AND ? AND term NOT GLOB '*[0-9_]*'`,
  );
  const found = statement.raw().iterate(language, correctable.shortest - 1, correctable.longest + 2);
  for (const row of found) yield termRow.parse(row);
}

/** @param terms - each once, with the number of passages that have it. */
export function createTermVocabulary(
  terms: Iterable<readonly [term: string, frequency: number]>,
): TermVocabulary {
  const lists = new Map<string, [string, number][]>();
  let size = 0;
  for (const [term, frequency] of terms) {
    const key = bucketKey(term.length, term.charCodeAt(0));
    const list = lists.get(key) ?? [];
    list.push([term, frequency]);
    lists.set(key, list);
    size += 1;
  }
  const buckets = new Map(Array.from(lists, ([key, list]) => [key, createBucket(list)]));
  return {
    size,
    similar: (asked) => {
      const nearest = new Map<string, string>();
      for (const term of new Set(asked.slice(0, maximumAsked))) {
        const found = mostSimilar(buckets, term);
        if (found !== undefined) nearest.set(term, found);
      }
      return nearest;
    },
  };
}

function createBucket(list: readonly (readonly [string, number])[]): Bucket {
  const length = list[0]?.[0].length ?? 0;
  const units = new Uint16Array(list.length * length);
  for (const [index, [term]] of list.entries()) units.set(unitsOf(term), index * length);
  return {
    length,
    units,
    masks: Int32Array.from(list, ([term]) => letterMask(unitsOf(term))),
    frequencies: Uint32Array.from(list, ([, frequency]) => frequency),
  };
}

/**
 * Where what is similar to `term` is to be looked for: lengths (UTF-16 code units) with the letter to begin with. None for a term
 * that is not corrected.
 */
export function similarShapes(term: string): { readonly length: number; readonly first: string }[] {
  if (!isCorrectable(term)) return [];
  return Array.from(candidateShapes(term, forgivenEdits(term)), ([length, first]) => ({
    length,
    first: String.fromCharCode(first),
  }));
}

/** The nearest term, of several the most frequent, of several the first in order; undefined if `term` exists. */
function mostSimilar(buckets: ReadonlyMap<string, Bucket>, term: string): string | undefined {
  if (!isCorrectable(term)) return undefined;
  const limit = forgivenEdits(term);
  let best: Found | undefined;
  for (const [length, first, second] of candidateShapes(term, limit)) {
    const bucket = buckets.get(bucketKey(length, first));
    if (bucket) best = nearestIn(bucket, term, second, best, limit);
    if (best?.distance === 0) return undefined;
  }
  return best?.term;
}

function isCorrectable(term: string): boolean {
  const { shortest, longest } = correctable;
  return term.length >= shortest && term.length <= longest && !/[\p{N}_]/u.test(term);
}

const forgivenEdits = (term: string): number => (term.length < forgivenTwice ? 1 : 2);

/** Lengths with the letter to begin with, and with a letter that must follow it. Typos spare the first letter. */
function* candidateShapes(term: string, limit: number): Generator<[number, number, number | undefined]> {
  const [first, second] = [term.charCodeAt(0), term.charCodeAt(1)];
  // The same length first, as it may hold the term itself.
  for (const change of [0, 1, -1, 2, -2]) {
    if (Math.abs(change) > limit) continue;
    yield [term.length + change, first, undefined];
    if (second !== first) yield [term.length + change, second, first];
  }
}

function nearestIn(
  { length, units, masks, frequencies }: Bucket,
  term: string,
  second: number | undefined,
  known: Found | undefined,
  limit: number,
): Found | undefined {
  const asked = unitsOf(term);
  const letters: Letters = { units: asked, start: 0, length: asked.length };
  const mask = letterMask(asked);
  const rows = distanceRows(Math.max(length, asked.length));
  let best = known;
  for (let index = 0; index < masks.length; index += 1) {
    // An edit brings in at most one letter and takes out at most one.
    if (bitCount(mask ^ (masks[index] ?? 0)) > 2 * limit) continue;
    const start = index * length;
    if (second !== undefined && units[start + 1] !== second) continue;
    const reach = best?.distance ?? limit;
    const distance = editDistance(letters, { units, start, length }, reach, rows);
    if (distance > reach) continue;
    const frequency = frequencies[index] ?? 0;
    if (best && distance === best.distance && frequency < best.frequency) continue;
    const found = String.fromCharCode(...units.subarray(start, start + length));
    if (best && distance === best.distance && frequency === best.frequency && found > best.term) continue;
    best = { term: found, distance, frequency };
  }
  return best;
}

const bucketKey = (length: number, first: number): string => `${length} ${first}`;

function unitsOf(term: string): Uint16Array {
  return Uint16Array.from({ length: term.length }, (_, index) => term.charCodeAt(index));
}

function letterMask(units: Uint16Array): number {
  let mask = 0;
  for (const unit of units) mask |= 1 << (unit & 31);
  return mask;
}

function bitCount(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
