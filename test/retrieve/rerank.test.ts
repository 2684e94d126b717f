import { describe, expect, it } from 'vitest';

import type { Evidence } from '../../src/domain/evidence.ts';
import { type MeasuredEvidence, rerank } from '../../src/retrieve/rerank.ts';
import { measureSentences } from '../../src/retrieve/sentence-signals.ts';
import { evidenceOf } from '../answer/chat/support.ts';

type Signals = MeasuredEvidence['signalsOfSentences'][number];

/** The signals of a sentence that has nothing to do with a question. */
const [unrelated] = measureSentences(
  evidenceOf({ id: 'other' }, ['Gulls cry.']),
  {
    plan: {
      groups: [{ source: 'x', alternatives: [['x']], essential: true, weight: 1 }],
      terms: [],
    },
    idf: () => 1,
  },
  undefined,
);

function measured(id: string, score: number, ...signals: Partial<Signals>[]): MeasuredEvidence {
  const evidence = evidenceOf(
    { id },
    signals.map((_, index) => `Sentence ${index} of ${id}.`),
  );
  return {
    ...evidence,
    score,
    signalsOfSentences: signals.flatMap((some) => (unrelated ? [{ ...unrelated, ...some }] : [])),
  };
}

const order = (pool: readonly MeasuredEvidence[]) => rerank(pool).map(({ article }) => article.id);

describe('rerank', () => {
  it('lifts a passage with one close sentence over one that touches on the question everywhere', () => {
    const touching = measured('touching', 0.6, { dense: 0.4, context: 0.4 }, { dense: 0.4, context: 0.4 });
    const holding = measured('holding', 0.55, { dense: 0.1, context: 0.1 }, { dense: 0.9, context: 0.9 });
    expect(order([touching, holding])).toEqual(['holding', 'touching']);
  });

  it('does the same by words alone where there is no meaning to compare', () => {
    const touching = measured('touching', 0.6, { context: 0.2 });
    const holding = measured('holding', 0.55, { context: 0.9 });
    expect(order([touching, holding])).toEqual(['holding', 'touching']);
  });

  it('keeps the order of passages whose sentences are alike, and scores within 0–1', () => {
    const pool = [0.9, 0.5, 0.5, 0.1].map((score, index) =>
      measured(`p${index}`, score, { dense: 0.5, context: 0.5 }),
    );
    expect(order(pool)).toEqual(['p0', 'p1', 'p2', 'p3']);
    for (const { score } of rerank([...pool, measured('best', 1, { dense: 1, context: 1 })])) {
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
    }
  });

  it('takes an empty pool, and passages without sentences', () => {
    expect(rerank([])).toEqual([]);
    expect(order([measured('bare', 0.5)])).toEqual(['bare']);
  });
});

describe('the signals of sentences', () => {
  const evidence: Evidence = evidenceOf(
    { id: 'ferry', title: 'The ferry of Osprey Bay' },
    ['It carries 240 passengers.', 'A ticket costs 3.50 crowns.', 'Gulls follow it.'],
    ['Prices'],
  );
  const plan = {
    groups: [
      { source: 'ticket', alternatives: [['ticket']], essential: false, weight: 1 },
      { source: 'Osprey', alternatives: [['osprei'], ['osprey']], essential: true, weight: 1 },
    ],
    terms: [],
  };
  const measure = (cosines?: readonly number[]) =>
    measureSentences(evidence, { plan, idf: () => 1 }, cosines);

  it('tell how much of the question stands in a sentence, and in it with its frame', () => {
    const [first, second, third] = measure();
    expect([first?.coverage, second?.coverage, third?.coverage]).toEqual([0, 0.5, 0]);
    expect(second?.context).toBe(1);
    expect(first?.essentials).toBe(1);
    expect(first?.missing).toBe(0);
  });

  it('take the cosines as they are, but never below 0, and 0 where there are none', () => {
    expect(measure([0.3, 0.7, -0.2]).map(({ dense }) => dense)).toEqual([0.3, 0.7, 0]);
    expect(measure().map(({ dense }) => dense)).toEqual([0, 0, 0]);
  });

  it('lie in 0–1 for a question without words', () => {
    const empty = { groups: [], terms: [] };
    for (const signals of measureSentences(evidence, { plan: empty, idf: () => 1 }, undefined)) {
      for (const value of Object.values(signals)) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
    }
  });
});
