import type Database from 'better-sqlite3';
import { z } from 'zod';

import type { Language } from '../../domain/language.ts';
import type { WeightedTerm } from '../../domain/ports.ts';
import { type Bm25, createBm25 } from './bm25.ts';
import { readLengths } from './passage-lengths.ts';
import { createPostingsReader } from './postings-reader.ts';
import { rankPassages, type RankedPassage } from './rank-passages.ts';
import { createScoreBoard, type ScoreBoard } from './score-board.ts';
import { indexedTerm } from './term-counter.ts';
import { readTotals } from './text-totals.ts';
import { weightedTerms } from './weighted-terms.ts';

/** Decoded postings that are kept per generation: those of the common words of some million passages. */
const cacheBytes = 64 * 2 ** 20;

/** What to search for. */
export interface TextQuery {
  readonly terms: readonly WeightedTerm[];
  readonly language: Language;
  readonly limit: number;
  /** Keys of the passages to choose from; all when absent. */
  readonly allowed?: { has(key: number): boolean } | undefined;
}

/** Full-text search in one generation. */
export interface TextSearch {
  /** Passages by BM25 with weighted terms, titles and headings (see `textColumns`), equal ones by key. */
  search(query: TextQuery): RankedPassage[];
  /** In how many passages of articles in `language` each term occurs, titles and headings included. */
  documentFrequencies(terms: readonly string[], language: Language): Map<string, number>;
}

interface Loaded {
  readonly lengths: Uint32Array;
  readonly board: ScoreBoard;
  readonly bm25: Readonly<Record<Language, { readonly passages: number } & Bm25>>;
}

const frequencyRows = z.array(z.tuple([z.string(), z.int()]));

/** What all searches share is read at the first one. @param database - of a generation, which never changes. */
export function createTextSearch(database: Database.Database): TextSearch {
  const postings = createPostingsReader(database, cacheBytes);
  // CROSS JOIN keeps the order: the planner takes a list of unknown length for longer than all terms of a language.
  const frequencies = database
    .prepare(
      `SELECT terms.term, terms.documents FROM json_each(?) AS asked
       CROSS JOIN terms ON terms.language = ? AND terms.term = asked.value`,
    )
    .raw();
  let loaded: Loaded | undefined;

  function load(): Loaded {
    const lengths = readLengths(database);
    const bm25 = (language: Language) => {
      const totals = readTotals(database, language);
      return { ...totals, ...createBm25(totals) };
    };
    const [en, vi] = [bm25('en'), bm25('vi')];
    return { lengths, board: createScoreBoard(lengths.length), bm25: { en, vi } };
  }

  return {
    search({ terms, language, limit, allowed }) {
      const wanted = weightedTerms(terms);
      const most = Math.floor(limit);
      if (wanted.length === 0 || !(most >= 1)) return [];
      loaded ??= load();
      const { lengths, board } = loaded;
      const bm25 = loaded.bm25[language];
      const asked = wanted.flatMap(({ term, weight }) => {
        const stored = postings.find(language, indexedTerm(term.toLowerCase()));
        return stored ? [{ ...stored, weight, rarity: bm25.rarity(stored.documents) }] : [];
      });
      try {
        const within = Math.min(most, bm25.passages);
        return within < 1 ? [] : rankPassages({ bm25, lengths, postings, board }, asked, within, allowed);
      } finally {
        board.clear();
      }
    },
    documentFrequencies(terms, language) {
      const found = frequencies.all(JSON.stringify([...new Set(terms)]), language);
      return new Map(frequencyRows.parse(found));
    },
  };
}
