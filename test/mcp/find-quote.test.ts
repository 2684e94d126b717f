import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { exactPlaces, similarPlaces } from '../../src/mcp/find-quote.ts';

const text =
  'Chợ đêm Mũi Sếu có 85 gian hàng. The ferry carries 240 passengers on each crossing. The ferry is electric.';
const textAt = (places: readonly { start: number; end: number }[]) =>
  places.map(({ start, end }) => text.slice(start, end));

describe('exactPlaces', () => {
  it('finds every place, and counts more than it lists', () => {
    const { places, count } = exactPlaces(text, 'The ferry');
    expect(count).toBe(2);
    expect(textAt(places)).toEqual(['The ferry', 'The ferry']);
    const many = exactPlaces('ab'.repeat(50), 'ab');
    expect([many.count, many.places.length]).toEqual([50, 20]);
    expect(exactPlaces(text, 'the ferry')).toEqual({ places: [], count: 0 });
  });
});

describe('similarPlaces', () => {
  it('sees through capitals, accents, punctuation and spaces', () => {
    const places = similarPlaces(text, '“cho dem  mui seu,” co 85 GIAN HANG');
    expect(textAt(places)).toEqual(['Chợ đêm Mũi Sếu có 85 gian hàng']);
    expect(places).toMatchObject([{ differsIn: 'wording', similarity: 1 }]);
    expect(textAt(similarPlaces(text, 'THE FERRY!'))).toEqual(['The ferry', 'The ferry']);
  });

  it('shows where most of the words stand when some differ, and how many do', () => {
    const places = similarPlaces(text, 'The ferry carries 250 passengers on each crossing');
    expect(textAt(places)).toEqual(['The ferry carries 240 passengers on each crossing']);
    expect(places).toMatchObject([{ differsIn: 'words', similarity: 0.88 }]);
  });

  it('shows nothing where less than half of the words stand', () => {
    expect(similarPlaces(text, 'Nobody carries the heavy cargo anywhere')).toEqual([]);
    expect(similarPlaces(text, '…!')).toEqual([]);
    expect(similarPlaces('', 'The ferry')).toEqual([]);
  });

  it('counts a word as often as it stands there', () => {
    expect(similarPlaces('one two', 'one one one one')).toEqual([]);
    expect(similarPlaces('one, one two one one', 'one one one one')).toMatchObject([{ similarity: 0.75 }]);
  });

  it('gives spans of whole words inside the text, without overlap, best first', () => {
    const word = constantFrom('a', 'B', 'đê', '12', 'x');
    const sentence = array(word, { maxLength: 30 }).map((list) => list.join(' '));
    assert(
      property(sentence, sentence, (article, quote) => {
        const places = similarPlaces(article, quote);
        const similarities = places.map(({ similarity }) => similarity);
        expect(similarities).toEqual(similarities.toSorted((a, b) => b - a));
        for (const { start, end, similarity } of places) {
          expect(start).toBeLessThan(end);
          expect(article.slice(start, end)).toMatch(/^[\p{L}\d](?:.*[\p{L}\d])?$/u);
          expect(similarity).toBeGreaterThanOrEqual(0.5);
          expect(similarity).toBeLessThanOrEqual(1);
        }
        const byStart = places.toSorted((a, b) => a.start - b.start);
        byStart.slice(1).forEach((place, index) => {
          expect(place.start).toBeGreaterThanOrEqual(byStart[index]?.end ?? 0);
        });
      }),
    );
  });

  it('takes time in proportion to the text', () => {
    const long = 'aa ab ac ad '.repeat(20_000);
    const before = performance.now();
    similarPlaces(long, `${'aa ab ac ad '.repeat(800)} end`);
    similarPlaces(long, 'aa '.repeat(3_000));
    expect(performance.now() - before).toBeLessThan(3_000);
  });
});
