import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { originalLink, passageLink, readerLink } from '../../src/answer/links.ts';

const page = 'https://news.example/2023/ferry?page=1';
const directiveOf = (quote: string) => originalLink(page, quote).slice(`${page}#:~:text=`.length);

describe('the link to the original page', () => {
  it('scrolls to a short quotation as a whole', () => {
    expect(originalLink(page, 'It opened in 2023.')).toBe(`${page}#:~:text=It%20opened%20in%202023.`);
  });

  it('replaces the fragment that the address had', () => {
    expect(originalLink(`${page}#comments`, 'Yes.')).toBe(`${page}#:~:text=Yes.`);
  });

  it.each([
    ['57-NQ/TW, số 1 & 2', '57%2DNQ%2FTW%2C%20s%E1%BB%91%201%20%26%202'],
    ['a - b', 'a%20%2D%20b'],
    ['the 🛶 boat', 'the%20%F0%9F%9B%B6%20boat'],
    ['#5 100%', '%235%20100%25'],
  ])('encodes what means something in a text fragment: %s', (quote, directive) => {
    expect(directiveOf(quote)).toBe(directive);
  });

  it('names the ends of a long quotation', () => {
    const quote = Array.from({ length: 40 }, (_, index) => `word${index}`).join(' ');
    expect(directiveOf(quote)).toBe(
      'word0%20word1%20word2%20word3%20word4,word35%20word36%20word37%20word38%20word39',
    );
  });

  it('is a valid address for any quotation, with at most one comma that separates', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }), (quote) => {
        const directive = directiveOf(quote);
        expect(URL.canParse(originalLink(page, quote))).toBe(true);
        expect(directive).not.toMatch(/[-&#\s]/u);
        expect(directive.split(',').length).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('takes a quotation with half a surrogate pair', () => {
    expect(() => originalLink(page, 'broken \ud83d end')).not.toThrow();
  });
});

describe('links on this server', () => {
  it('lead to the passage and to the place in the article', () => {
    expect(passageLink('ferry:0a1b2c3d:5-80')).toBe('/api/passages/ferry%3A0a1b2c3d%3A5-80');
    expect(readerLink('ferry', { start: 5, end: 80 })).toBe('/articles/ferry?cite=5-80');
    expect(readerLink('a/b?c', { start: 0, end: 1 })).toBe('/articles/a%2Fb%3Fc?cite=0-1');
  });
});
