import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Language } from '../../../src/domain/language.ts';
import { timeFactor, timeFactorRange, timePool } from '../../../src/retrieve/time/time-score.ts';
import { understandTime } from '../../../src/retrieve/time/understand-time.ts';

const now = new Date('2026-03-18T05:00:00Z');
const pool = timePool(['2023-11-10', '2024-05-20', undefined, '2025-02-18', '2025-08-28', '2025-08-28']);

function factor(question: string, publishedAt: string | undefined, text = '', language: Language = 'en') {
  const intent = understandTime({ question, language, now });
  return timeFactor({ intent, text, language, pool, now, ...(publishedAt !== undefined && { publishedAt }) });
}

describe('questions without a time', () => {
  it('leave every text as it is', () => {
    expect(factor('Who leads the city?', '2025-08-28', 'In 2023 it was so.')).toBe(1);
  });
});

describe('questions for the newest state', () => {
  const latest = (date: string | undefined) => factor('What is the latest count?', date);

  it('rank newer articles higher, smoothly', () => {
    const factors = ['2023-11-10', '2024-05-20', '2025-02-18', '2025-08-28'].map(latest);
    expect(factors).toEqual(factors.toSorted((a, b) => a - b));
    expect(new Set(factors).size).toBe(4);
    expect(latest('2023-11-10')).toBeLessThan(1);
    expect(latest('2025-08-28')).toBeGreaterThan(1);
  });

  it('leave undated articles neutral', () => {
    expect(latest(undefined)).toBe(1);
  });

  it('still tell recent articles apart beside a very old one', () => {
    const intent = understandTime({ question: 'latest count', language: 'en', now });
    const old = timePool(['1950-01-01', '2025-02-18', '2025-08-28']);
    const at = (publishedAt: string) =>
      timeFactor({ intent, publishedAt, text: '', language: 'en', pool: old, now });
    expect(at('2025-08-28') - at('2025-02-18')).toBeGreaterThan(0.05);
  });

  it('are neutral where all articles are of one day', () => {
    const intent = understandTime({ question: 'latest count', language: 'en', now });
    const publishedAt = '2025-02-18';
    expect(timeFactor({ intent, publishedAt, text: '', language: 'en', pool: [publishedAt], now })).toBe(1);
  });

  it('turn round for the oldest state', () => {
    expect(factor('What was the earliest count?', '2023-11-10')).toBeGreaterThan(1);
    expect(factor('What was the earliest count?', '2025-08-28')).toBeLessThan(1);
  });
});

describe('questions about a period', () => {
  const question = 'How many were there in 2023?';

  it('prefer a text that names it to an article that was published then', () => {
    const later = factor(question, '2025-08-28', 'In 2023 there were 43.');
    const then = factor(question, '2023-11-10', 'There were 43.');
    const both = factor(question, '2023-11-10', 'In 2023 there were 43.');
    expect(both).toBeGreaterThan(later);
    expect(later).toBeGreaterThan(then);
    expect(then).toBeGreaterThan(1);
  });

  it('put back what speaks of another time, gently', () => {
    expect(factor(question, '2025-08-28', 'In 2025 there were 50.')).toBeLessThan(1);
    expect(factor(question, undefined, 'There were 50.')).toBe(1);
  });

  it('understand dates of the other language', () => {
    expect(factor(question, '2025-08-28', 'Năm 2023 có 43.', 'vi')).toBeGreaterThan(1.2);
  });

  it('do not mind the date of publication where the period lies ahead', () => {
    expect(factor('What does it want in 2045?', '2025-08-28', 'It wants much.')).toBe(1);
    expect(factor('What does it want by 2045?', '2025-08-28', 'By 2045 it wants more.')).toBeGreaterThan(1);
  });
});

describe('questions with an end', () => {
  it('put back later articles, unless they tell of that time', () => {
    const question = 'As of 10 November 2023, was the host known?';
    expect(factor(question, '2025-08-28', 'The host is Binh Phuoc.')).toBeLessThan(0.8);
    expect(factor(question, '2025-08-28', 'On 10 November 2023 no host was known.')).toBeGreaterThan(1);
    expect(factor(question, '2023-11-10', 'No host is known.')).toBeGreaterThan(1.1);
  });

  it('prefer earlier articles with "before" and later ones with "after"', () => {
    expect(factor('before 2025', '2024-05-20')).toBeGreaterThan(factor('before 2025', '2025-08-28'));
    expect(factor('after 2024', '2025-08-28')).toBeGreaterThan(factor('after 2024', '2024-05-20'));
    expect(factor('since 2025', '2025-02-18')).toBeGreaterThan(factor('since 2025', '2024-05-20'));
    expect(factor('before 2025', '2025-08-28', 'Back in 2024 it was so.')).toBe(1);
  });
});

describe('any intent', () => {
  it('keeps the factor in its range', () => {
    const words = 'latest earliest before after since as of by in 2023 2025 2045 last year August'.split(' ');
    const dates = fc.option(fc.constantFrom(...pool, '1999-01-01', '2030-01-01'), { nil: undefined });
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words)), dates, fc.string(), (list, date, text) => {
        const value = factor(list.join(' '), date, text);
        expect(value).toBeGreaterThanOrEqual(timeFactorRange.lowest);
        expect(value).toBeLessThanOrEqual(timeFactorRange.highest);
      }),
    );
  });
});
