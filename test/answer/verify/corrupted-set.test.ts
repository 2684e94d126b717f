import { describe, expect, it } from 'vitest';

import { readCorruptedEntries } from '../../../src/evaluate/verification/corrupted-entry.ts';
import { evaluateVerification } from '../../../src/evaluate/verification/run-verification.ts';
import { loadGlossary } from '../../../src/retrieve/glossary.ts';

const root = new URL('../../../', import.meta.url).pathname;
const files = ['english', 'vietnamese', 'cross-language'].map(
  (name) => `${root}test/golden/corrupted/${name}.jsonl`,
);
const corpus = `${root}corpus`;
const entries = (await Promise.all(files.map(readCorruptedEntries))).flat();
const glossary = await loadGlossary(`${root}src/retrieve/glossary.tsv`);

describe('verification of the corrupted set', () => {
  it('flags corrupted sentences and leaves faithful ones alone', async () => {
    const report = await evaluateVerification({ corpus, entries, glossary });
    expect(report.corrupted).toBeGreaterThanOrEqual(320);
    expect(report.detected).toBeGreaterThanOrEqual(0.93);
    expect(report.falseAlarms).toBeLessThanOrEqual(0.04);
  });

  it('does so on the part that no rule was tuned on', async () => {
    const holdout = entries.filter((entry) => entry.holdout);
    const report = await evaluateVerification({ corpus, entries: holdout, glossary });
    expect(report.detected).toBeGreaterThanOrEqual(0.9);
    expect(report.falseAlarms).toBeLessThanOrEqual(0.06);
  });

  it('does so without a glossary', async () => {
    const report = await evaluateVerification({ corpus, entries });
    expect(report.detected).toBeGreaterThanOrEqual(0.9);
    expect(report.falseAlarms).toBeLessThanOrEqual(0.05);
  });
});
