import { describe, expect, it } from 'vitest';

import { estimatedContainment, minHash, resemblance } from '../../src/domain/text/min-hash.ts';
import { shinglesOf } from '../../src/domain/text/shingles.ts';
import { randomNumbers } from '../index/fixtures.ts';

/** A text of random words, the same for the same seed. */
function wordsOf(count: number, seed: number): string[] {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, () => `w${Math.floor(random() * 5_000)}`);
}

describe('a signature', () => {
  const text = wordsOf(300, 1).join(' ');

  it('counts the shingles and is the same each time', () => {
    const signature = minHash(text);
    expect(signature).toHaveLength(129);
    expect(signature[0]).toBe(shinglesOf(text).size);
    expect(minHash(text)).toEqual(signature);
  });

  it('is stored, so it stays what it is', () => {
    expect(Array.from(minHash(wordsOf(40, 7).join(' ')).slice(0, 4))).toMatchInlineSnapshot(`
      [
        37,
        2266397276,
        2173410835,
        2337123000,
      ]
    `);
  });

  it('does not hear case, punctuation, diacritics and white space', () => {
    const vietnamese = 'Chợ đêm Đà Nẵng mở cửa hằng tối, có 1.400 gian hàng của các hộ dân. '.repeat(1);
    const long = Array.from({ length: 4 }, (_, index) => `${vietnamese} Kỳ ${index}`).join('\n');
    const plain = long
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .replaceAll('đ', 'd')
      .replaceAll('Đ', 'D')
      .toUpperCase()
      .replaceAll('.', ' – ');
    expect(minHash(long)).toHaveLength(129);
    expect(resemblance(minHash(long), minHash(plain))).toBe(1);
  });

  it('is empty for a text too short to compare, which resembles nothing', () => {
    const short = minHash(wordsOf(29, 3).join(' '));
    expect(short).toHaveLength(0);
    expect(minHash('')).toHaveLength(0);
    expect(minHash(wordsOf(30, 3).join(' '))).toHaveLength(129);
    expect(resemblance(short, short)).toBe(0);
    expect(estimatedContainment(short, minHash(text))).toBe(0);
  });
});

describe('what is estimated from signatures', () => {
  it.each([0, 0.25, 0.5, 0.75, 1])('is near what the texts share: %d of their words', (share) => {
    const errors = Array.from({ length: 40 }, (_, seed) => {
      const all = wordsOf(800, seed + 10);
      const start = Math.round(400 * (1 - share));
      const [a, b] = [all.slice(0, 400).join(' '), all.slice(start, start + 400).join(' ')];
      const [ofA, ofB] = [shinglesOf(a), shinglesOf(b)];
      const shared = Array.from(ofA).filter((shingle) => ofB.has(shingle)).length;
      const signatures = [minHash(a), minHash(b)] as const;
      return {
        alike: resemblance(...signatures) - shared / (ofA.size + ofB.size - shared),
        held: estimatedContainment(...signatures) - shared / Math.min(ofA.size, ofB.size),
      };
    });
    const mean = (of: 'alike' | 'held') => errors.reduce((sum, error) => sum + error[of], 0) / errors.length;
    expect(Math.abs(mean('alike'))).toBeLessThan(0.03);
    expect(Math.abs(mean('held'))).toBeLessThan(0.04);
    for (const { alike } of errors) expect(Math.abs(alike)).toBeLessThan(0.18);
  });

  it('tells how much of a short text a long one holds', () => {
    const all = wordsOf(600, 99);
    const [part, whole] = [minHash(all.slice(0, 200).join(' ')), minHash(all.join(' '))];
    expect(resemblance(part, whole)).toBeLessThan(0.5);
    expect(estimatedContainment(part, whole)).toBeGreaterThan(0.8);
    expect(estimatedContainment(whole, part)).toBe(estimatedContainment(part, whole));
  });
});
