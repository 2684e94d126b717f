import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { openIndex } from '../../src/index/open-index.ts';
import { distanceRows, editDistance } from '../../src/index/text/edit-distance.ts';
import { createTermVocabulary, maximumAsked } from '../../src/index/text/term-vocabulary.ts';
import { indexedArticle, indexOptions, ingest, randomNumbers, temporaryFolder } from './fixtures.ts';

const letters = (text: string) => ({
  units: Uint16Array.from(text, (letter) => letter.charCodeAt(0)),
  start: 0,
  length: text.length,
});

function distance(a: string, b: string, limit: number): number {
  return editDistance(letters(a), letters(b), limit, distanceRows(Math.max(a.length, b.length)));
}

/** The textbook's whole table. */
function plainDistance(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, row) =>
    Array.from({ length: b.length + 1 }, (__, column) => (row === 0 ? column : column === 0 ? row : 0)),
  );
  const at = (row: number, column: number) => table[row]?.[column] ?? 0;
  for (let row = 1; row <= a.length; row += 1) {
    for (let column = 1; column <= b.length; column += 1) {
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const values = [
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1),
        swapped ? at(row - 2, column - 2) + 1 : Infinity,
      ];
      table[row]?.splice(column, 1, Math.min(...values));
    }
  }
  return at(a.length, b.length);
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 9 });

describe('the edit distance', () => {
  it('is that of the whole table where it is within the limit, and above the limit elsewhere', () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 3 }), (a, b, limit) => {
        const expected = plainDistance(a, b);
        expect(Math.min(distance(a, b, limit), limit + 1)).toBe(Math.min(expected, limit + 1));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('similar terms', () => {
  const similar = (terms: Record<string, number>, ...asked: string[]) =>
    Object.fromEntries(createTermVocabulary(Object.entries(terms)).similar(asked));

  it('are one edit away for short words, and up to two for long ones', () => {
    const terms = { chief: 3, technolog: 9, phong: 4, heritag: 2, binh: 5 };
    expect(similar(terms, 'cheif', 'tecnolgy', 'phogn', 'heritig', 'bihn')).toEqual({
      cheif: 'chief',
      phogn: 'phong',
      heritig: 'heritag',
      bihn: 'binh',
    });
    expect(similar(terms, 'tecnolgo', 'teknolg', 'hertig')).toEqual({ tecnolgo: 'technolog' });
  });

  it('begin with the same letter, or with the first two swapped', () => {
    expect(similar({ bread: 9, order: 2 }, 'tread', 'roder')).toEqual({ roder: 'order' });
  });

  it('are the nearest, of these the most frequent, of these the first in order', () => {
    expect(similar({ provincial: 1, provincias: 50 }, 'provinciall')).toEqual({ provinciall: 'provincial' });
    expect(similar({ paper: 2, pater: 7 }, 'paxer')).toEqual({ paxer: 'pater' });
    expect(similar({ pater: 7, paper: 7 }, 'paxer')).toEqual({ paxer: 'paper' });
  });

  it('are not sought for terms that exist, are short, or hold a digit or underscore', () => {
    const terms = { index: 1, indey: 9, cat: 4, khoa_hoc: 1, a1234: 2 };
    expect(similar(terms, 'index', 'cta', 'khoa_hob', 'a1235', '', 'x'.repeat(10_000))).toEqual({});
  });

  it('are sought for a limited number of terms', () => {
    const asked = Array.from({ length: 500 }, (_, at) => `paper${String.fromCharCode(97 + at, 98 + at)}`);
    expect(createTermVocabulary([['paper', 1]]).similar([...asked, 'papre']).size).toBeLessThan(maximumAsked);
  });

  it('are found among 300,000 terms without a noticeable wait', () => {
    const random = randomNumbers(3);
    const terms = new Set<string>();
    while (terms.size < 300_000) {
      const length = 4 + Math.floor(random() * 9);
      terms.add(Array.from({ length }, () => 'etaoinshrdlu'.charAt(Math.floor(random() * 12))).join(''));
    }
    const vocabulary = createTermVocabulary(Array.from(terms, (term, at) => [term, at % 9] as const));
    expect(vocabulary.size).toBe(300_000);
    const asked = ['tecnologz', 'shrdlunz', 'enterprz', 'rnotaz', 'oinehtadz'];
    vocabulary.similar(asked);
    const times = Array.from({ length: 5 }, () => {
      const begun = performance.now();
      vocabulary.similar(asked);
      return performance.now() - begun;
    });
    // The fastest, for other tests use the same cores.
    expect(Math.min(...times)).toBeLessThan(30);
  });
});

describe('similar terms of an index', () => {
  it('come from the articles of the language asked for', async () => {
    const options = indexOptions(await temporaryFolder());
    await ingest(options, [
      indexedArticle('a', 'The chief engineer adopted new technologies.'),
      indexedArticle('b', 'Nghị quyết về khoa học', { language: 'vi' }),
    ]);
    const index = await openIndex(options);
    const english = await index.similarTerms(['cheif', 'tecnolog', 'chief', 'nghj', 'heading'], 'en');
    expect(Object.fromEntries(english)).toEqual({ cheif: 'chief', tecnolog: 'technolog' });
    expect(Object.fromEntries(await index.similarTerms(['cheif', 'nghj', 'quyte'], 'vi'))).toEqual({
      nghj: 'nghi',
      quyte: 'quyet',
    });
    index.close();
  });
});
