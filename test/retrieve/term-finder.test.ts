import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { searchTerms } from '../../src/domain/text/search-terms.ts';
import { createTermFinder, readTerms } from '../../src/retrieve/term-finder.ts';

const word = fc.constantFrom(
  'Khoa',
  'học',
  'công',
  'nghệ',
  '3,5',
  '57',
  'NQ',
  'don’t',
  'growing',
  'a_b',
  'x',
);
const gap = fc.constantFrom(' ', '  ', '\n', ', ', '-', '_', '');
const text = fc
  .array(fc.tuple(word, gap), { maxLength: 14 })
  .map((parts) => parts.map(([one, space]) => one + space).join(''));

describe('createTermFinder', () => {
  it.each(['en', 'vi'] as const)('finds in %s the terms that the text has, and no others', (language) => {
    fc.assert(
      fc.property(text, text, (asked, said) => {
        const terms = [
          ...searchTerms(asked, 'vi'),
          ...searchTerms(asked, 'en'),
          ...searchTerms(said, language),
        ];
        const finder = createTermFinder(terms);
        const found = finder.find(readTerms(said, language));
        const expected = new Set(searchTerms(said, language));
        for (const term of terms)
          expect([term, found[finder.placeOf(term)]]).toEqual([term, expected.has(term) ? 1 : 0]);
      }),
    );
  });
});
