import type Database from 'better-sqlite3';
import { z } from 'zod';

import type { Language } from '../../domain/language.ts';
import { createRecentMap } from '../../domain/recent-map.ts';
import {
  blockLength,
  countOf,
  decodeBlock,
  decodeInto,
  emptyPostings,
  type Postings,
} from './posting-blocks.ts';
import { blockNumber, keysEnd } from './text-tables.ts';

/** A term that passages have. */
export interface StoredTerm {
  readonly number: number;
  /** Passages that have it. */
  readonly documents: number;
}

/** Reading of the tables `terms` and `postings` of a generation, which never change. */
export interface PostingsReader {
  find(language: Language, term: string): StoredTerm | undefined;
  /** All of the term's postings. */
  all(term: StoredTerm): Postings;
  /** For asking of single passages: {@link countOf}, without reading all where `asked` of them are few. */
  counter(term: StoredTerm, asked: number): (key: number) => number;
}

/** How long reading a block by its key takes, in postings that could be decoded instead. */
const seekCost = 600;

const bytesPerPosting = 8;

const termRow = z.tuple([z.int(), z.int()]).optional();
const blockRow = z.instanceof(Buffer);
const someBlock = blockRow.optional();

/** @param cacheBytes - decoded postings that are kept, those used last. */
export function createPostingsReader(database: Database.Database, cacheBytes: number): PostingsReader {
  const readTerm = database
    .prepare('SELECT number, documents FROM terms WHERE language = ? AND term = ?')
    .raw();
  const readBlocks = database
    .prepare('SELECT block FROM postings WHERE number BETWEEN ? AND ? ORDER BY number')
    .pluck();
  const readBlock = database
    .prepare('SELECT block FROM postings WHERE number BETWEEN ? AND ? ORDER BY number DESC LIMIT 1')
    .pluck();
  const cache = createRecentMap<number, Postings>(cacheBytes);

  function all({ number, documents }: StoredTerm): Postings {
    const known = cache.get(number);
    if (known) return known;
    const postings = emptyPostings(documents);
    let length = 0;
    for (const row of readBlocks.iterate(blockNumber(number, 0), blockNumber(number, keysEnd - 1))) {
      const block = blockRow.parse(row);
      if (length + blockLength(block) > documents)
        throw new RangeError(`Term ${number} has too many postings.`);
      length = decodeInto(block, postings, length);
    }
    cache.set(number, postings, documents * bytesPerPosting);
    return postings;
  }

  function seek(number: number): (key: number) => number {
    let current = emptyPostings(0);
    return (key) => {
      const { keys } = current;
      if (!(key >= (keys[0] ?? Number.POSITIVE_INFINITY) && key <= (keys.at(-1) ?? -1))) {
        const block = someBlock.parse(readBlock.get(blockNumber(number, 0), blockNumber(number, key)));
        if (!block) return 0;
        current = decodeBlock(block);
      }
      return countOf(current, key);
    };
  }

  return {
    find(language, term) {
      const row = termRow.parse(readTerm.get(language, term));
      return row && { number: row[0], documents: row[1] };
    },
    all,
    counter(term, asked) {
      const known = cache.get(term.number);
      if (!known && asked * seekCost < term.documents) return seek(term.number);
      const postings = known ?? all(term);
      return (key) => countOf(postings, key);
    },
  };
}
