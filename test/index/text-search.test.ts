import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Language } from '../../src/domain/language.ts';
import { createBm25 } from '../../src/index/text/bm25.ts';
import { blockPostings } from '../../src/index/text/posting-blocks.ts';
import type { TextPassage } from '../../src/index/text/text-changes.ts';
import { createTextSearch, type TextQuery } from '../../src/index/text/text-search.ts';
import { createTextTables } from '../../src/index/text/text-tables.ts';
import { readTotals } from '../../src/index/text/text-totals.ts';
import { createTextWriter } from '../../src/index/text/text-writer.ts';
import { maximumTerms, weightedTerms } from '../../src/index/text/weighted-terms.ts';
import { randomNumbers } from './fixtures.ts';

const vocabulary = Array.from({ length: 14 }, (_, number) => `w${number}`);

function textIndex() {
  const database = new Database(':memory:');
  createTextTables(database);
  return { database, writer: createTextWriter(database) };
}

/** A passage with words of which the first are much more frequent. */
function passage(key: number, random: () => number, language: Language = 'en'): TextPassage {
  const counts = new Map<string, number>();
  let length = 0;
  for (let word = 0; word < 1 + Math.floor(random() * 12); word += 1) {
    const term = vocabulary[Math.floor(random() ** 3 * vocabulary.length)] ?? 'w0';
    counts.set(term, (counts.get(term) ?? 0) + ([2, 3, 6][Math.floor(random() * 3)] ?? 2));
    length += 1;
  }
  return { key, language, counts, length };
}

/** Scores of all passages, each from its words alone. */
function bruteForce(passages: Iterable<TextPassage>, { terms, language, limit, allowed }: TextQuery) {
  const all = [...passages].filter((one) => one.language === language);
  const bm25 = createBm25({
    passages: all.length,
    tokens: all.reduce((sum, { length }) => sum + length, 0),
  });
  const asked = weightedTerms(terms).map(({ term, weight }) => ({
    term,
    weight,
    rarity: bm25.rarity(all.filter(({ counts }) => counts.has(term)).length),
  }));
  return all
    .filter(({ key }) => allowed?.has(key) ?? true)
    .map(({ key, counts, length }) => {
      let score = 0;
      for (const { term, weight, rarity } of asked) {
        const count = counts.get(term);
        if (count !== undefined) score += weight * (rarity * bm25.factor(count, length));
      }
      return { key, score };
    })
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || a.key - b.key)
    .slice(0, limit);
}

function expectSame(database: Database.Database, passages: Iterable<TextPassage>, query: TextQuery): void {
  const found = createTextSearch(database).search(query);
  expect(found).toEqual(bruteForce(passages, query));
}

const query = fc.record({
  terms: fc.array(
    fc.record({ term: fc.constantFrom(...vocabulary, 'unknown'), weight: fc.constantFrom(1, 0.5, 0.3) }),
    { minLength: 1, maxLength: 8 },
  ),
  language: fc.constantFrom('en' as const, 'vi' as const),
  limit: fc.integer({ min: 1, max: 12 }),
  allowed: fc
    .option(fc.constantFrom(2, 3, 7), { nil: undefined })
    .map((divisor) => (divisor === undefined ? undefined : { has: (key: number) => key % divisor === 0 })),
});

const change = fc.record({
  kind: fc.constantFrom('add', 'add', 'add', 'remove', 'replace', 'flush'),
  seed: fc.nat(),
});

describe('the inverted index', () => {
  it('ranks as adding up every term of every passage does, after any changes', () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 60 }),
        fc.array(query, { minLength: 1, maxLength: 4 }),
        (changes, queries) => {
          const { database, writer } = textIndex();
          const passages = new Map<number, TextPassage>();
          let next = 1;
          const remove = (seed: number) => {
            const victim = [...passages.values()][seed % Math.max(1, passages.size)];
            if (!victim) return;
            writer.remove([victim]);
            passages.delete(victim.key);
          };
          const add = (seed: number) => {
            const made = passage(next, randomNumbers(seed), seed % 3 === 0 ? 'vi' : 'en');
            next += 1 + (seed % 2) * (seed % 90_000);
            writer.add([made]);
            passages.set(made.key, made);
          };
          for (const { kind, seed } of changes) {
            if (kind === 'remove' || kind === 'replace') remove(seed);
            if (kind === 'add' || kind === 'replace') add(seed);
            if (kind === 'flush') writer.flush();
          }
          writer.flush();
          for (const one of queries) expectSame(database, passages.values(), one);
          expect(storedCounts(database)).toEqual(countsOf([...passages.values()]));
          database.close();
        },
      ),
      { numRuns: 150 },
    );
  });

  it('ranks the same among thousands, whatever is left out on the way', () => {
    const { database, writer } = textIndex();
    const random = randomNumbers(3);
    const passages = Array.from({ length: 3_000 }, (_, at) => passage(at * (at % 2 ? 1 : 40) + 1, random));
    const sorted = [...new Map(passages.map((one) => [one.key, one])).values()].toSorted(
      (a, b) => a.key - b.key,
    );
    for (let start = 0; start < sorted.length; start += 170) {
      writer.add(sorted.slice(start, start + 170));
      writer.flush();
    }
    expect(
      Math.max(...createTextSearch(database).documentFrequencies(vocabulary, 'en').values()),
    ).toBeGreaterThan(3 * blockPostings);
    fc.assert(
      fc.property(query, (one) => expectSame(database, sorted, { ...one, language: 'en' })),
      { numRuns: 60 },
    );
    expect(storedCounts(database)).toEqual(countsOf(sorted));
    writer.remove(sorted.filter((_, at) => at % 3 > 0));
    writer.flush();
    const left = sorted.filter((_, at) => at % 3 === 0);
    expect(storedCounts(database)).toEqual(countsOf(left));
    writer.remove(left);
    writer.flush();
    expect(storedCounts(database)).toEqual(countsOf([]));
    database.close();
  });

  it('forgets a passage whose words are counted otherwise than when it was added', () => {
    const { database, writer } = textIndex();
    const random = randomNumbers(8);
    const passages = Array.from({ length: 50 }, (_, at) => passage(at + 1, random));
    writer.add(passages);
    writer.flush();
    const [first, ...others] = passages;
    if (!first) throw new Error('no passage');
    writer.remove([{ ...first, counts: new Map([['unheard-of', 2]]), length: 1 }]);
    writer.flush();
    expect(storedCounts(database)).toEqual(countsOf(others));
    database.close();
  });

  it('is as before when a transaction is undone', () => {
    const { database, writer } = textIndex();
    const passages = Array.from({ length: 30 }, (_, at) => passage(at + 1, randomNumbers(at)));
    writer.add(passages.slice(0, 20));
    writer.flush();
    database.exec('BEGIN');
    const undone = createTextWriter(database);
    undone.add(passages.slice(20));
    undone.flush();
    database.exec('ROLLBACK');
    expect(storedCounts(database)).toEqual(countsOf(passages.slice(0, 20)));
    database.close();
  });

  it('keeps counts and keys of any size', () => {
    const { database, writer } = textIndex();
    const made = [1, 2, 70_000, 100_000_000].map((key, at): TextPassage => ({
      key,
      language: 'en',
      length: 100_000,
      counts: new Map([['rice', [1, 255, 65_535, 90_000][at] ?? 0]]),
    }));
    for (const one of made) {
      writer.add([one]);
      writer.flush();
    }
    expect(readTotals(database, 'en')).toEqual({ passages: 4, tokens: 400_000 });
    expectSame(database, made, { terms: [{ term: 'rice', weight: 1 }], language: 'en', limit: 9 });
    database.close();
  });
});

/** Every count of the tables. */
function storedCounts(database: Database.Database) {
  const all = (sql: string): unknown[] => database.prepare(sql).raw().all();
  return {
    totals: [readTotals(database, 'en'), readTotals(database, 'vi')],
    terms: new Set(all('SELECT language, term, documents FROM terms').map((row) => JSON.stringify(row))),
    isEmpty: ['terms', 'postings', 'text_lengths'].every(
      (table) => all(`SELECT 1 FROM ${table}`).length === 0,
    ),
  };
}

/** What {@link storedCounts} must be. */
function countsOf(passages: readonly TextPassage[]): ReturnType<typeof storedCounts> {
  const frequencies = new Map<string, [string, string, number]>();
  for (const { language, counts } of passages) {
    for (const term of counts.keys()) {
      const [, , documents] = frequencies.get(`${language} ${term}`) ?? [language, term, 0];
      frequencies.set(`${language} ${term}`, [language, term, documents + 1]);
    }
  }
  const totals = (['en', 'vi'] as const).map((language) => {
    const all = passages.filter((one) => one.language === language);
    return { passages: all.length, tokens: all.reduce((sum, { length }) => sum + length, 0) };
  });
  return {
    totals,
    terms: new Set(Array.from(frequencies.values(), (row) => JSON.stringify(row))),
    isEmpty: passages.length === 0,
  };
}

describe('the terms of a question', () => {
  it('are cut when there are very many, keeping the heaviest', () => {
    const many = Array.from({ length: 2_000 }, (_, number) => ({
      term: `w${number}`,
      weight: 1 + number / 1e4,
    }));
    const terms = weightedTerms([...many, { term: 'rice', weight: 9 }]);
    expect(terms).toHaveLength(maximumTerms);
    expect(terms[0]).toEqual({ term: 'rice', weight: 9 });
  });
});
