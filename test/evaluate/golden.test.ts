import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import { loadConfig, projectRoot } from '../../src/config.ts';
import { belowFloors, floorsSchema } from '../../src/evaluate/floors.ts';
import { evaluateGolden } from '../../src/evaluate/golden/evaluate-golden.ts';
import type { EvaluationReport } from '../../src/evaluate/report.ts';
import { figures } from '../../src/evaluate/score-table.ts';

const golden = join(projectRoot, 'test/golden');

describe('the golden questions over the shipped corpus', () => {
  let report: EvaluationReport;

  beforeAll(async () => {
    report = await evaluateGolden({
      config: loadConfig({
        CHAT_MODEL: '',
        EMBEDDINGS: 'bundled',
        ANSWER_LANGUAGE: 'auto',
        CORPUS_DIR: join(projectRoot, 'corpus'),
      }),
      questionsFile: join(golden, 'questions.jsonl'),
    });
  }, 180_000);

  it('are answered no worse than the floors allow', async () => {
    const floors = floorsSchema.parse(JSON.parse(await readFile(join(golden, 'floors.json'), 'utf8')));
    expect(belowFloors(report.tables, floors)).toEqual([]);
  });

  it('are answered with exact quotations only', () => {
    const found = figures(report.tables);
    expect(found.get('exactness/all/citations')).toBeGreaterThan(0);
    expect(found.get('exactness/all/inexact')).toBe(0);
  });

  it('are all asked, in both languages and across them', () => {
    const found = figures(report.tables);
    expect(found.get('answers/all/questions')).toBeGreaterThanOrEqual(230);
    expect(found.get('answers/en/questions')).toBeGreaterThanOrEqual(120);
    expect(found.get('answers/vi/questions')).toBeGreaterThanOrEqual(60);
    expect(found.get('answers/cross/questions')).toBeGreaterThanOrEqual(10);
  });
});
