import { describe, expect, it } from 'vitest';

import { maximumTerms, weightedMatches } from '../../src/index/match-expression.ts';

describe('a full-text query', () => {
  it('is cut when it has very many terms, keeping the heaviest', () => {
    const many = Array.from({ length: 2_000 }, (_, number) => ({
      term: `w${number}`,
      weight: 1 + number / 1e4,
    }));
    const matches = weightedMatches([...many, { term: 'rice', weight: 9 }]);
    expect(matches.flatMap(({ expression }) => expression.split(' OR '))).toHaveLength(maximumTerms);
    expect(matches[0]).toEqual({ weight: 9, expression: '"rice"' });
  });

  it('quotes what could be read as syntax', () => {
    const [match] = weightedMatches([
      { term: 'rice" OR "x', weight: 1 },
      { term: 'title:rice*', weight: 1 },
    ]);
    expect(match?.expression).toBe('"rice"" OR ""x" OR "title:rice*"');
  });
});
