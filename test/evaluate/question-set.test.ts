import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { loadConfig } from '../../src/config.ts';
import { figures } from '../../src/evaluate/score-table.ts';
import { articleIds } from '../../src/evaluate/sets/document-articles.ts';
import { evaluateSet } from '../../src/evaluate/sets/evaluate-set.ts';
import { findQuestionSets, readQuestionSet } from '../../src/evaluate/sets/question-set.ts';

const documents = [
  {
    id: 'Bakery (Lyon)',
    title: 'A bakery in Lyon',
    text: 'The bakery in Lyon opened in 1923. Its ovens burn beech wood.',
    lang: 'en',
  },
  {
    id: 'Bakery Lyon',
    title: 'Bread in Lyon',
    text: 'Rye bread costs 3,50 euros in Lyon. The price rose in spring.',
    lang: 'en',
  },
  { id: 'empty', title: 'Nothing', text: '', lang: 'en' },
  {
    id: 'cầu',
    title: '',
    text: 'Cầu Thanh Long dài 1.480 mét. Cầu được khánh thành vào tháng 3 năm 2009.',
    lang: 'vi',
  },
];

const queries = [
  {
    id: 'q1',
    text: 'When did the bakery in Lyon open?',
    lang: 'en',
    answers: ['1923'],
    gold_docs: ['Bakery (Lyon)'],
    answerable: true,
    type: 'single-hop',
  },
  {
    id: 'q2',
    text: 'Cầu Thanh Long dài bao nhiêu mét?',
    lang: 'vi',
    answers: ['1,480'],
    gold_docs: ['cầu'],
    answerable: true,
    type: 'single-hop',
  },
  {
    id: 'q3',
    text: 'Who commands the lunar garrison on Europa?',
    lang: 'en',
    answers: [],
    gold_docs: [],
    near_miss_docs: [],
    answerable: false,
    type: 'unanswerable',
  },
];

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'footnote-set-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

async function writeSet(dir: string): Promise<void> {
  const lines = (items: readonly object[]) => `${items.map((item) => JSON.stringify(item)).join('\n')}\n`;
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'corpus.jsonl'), lines(documents));
  await writeFile(join(dir, 'queries.jsonl'), lines(queries));
}

describe('a question set', () => {
  it('is indexed, asked and measured, and keeps its index for the next run', async () => {
    const dir = await folder();
    await writeSet(join(dir, 'tiny'));
    const options = {
      config: loadConfig({ CHAT_MODEL: '', EMBEDDINGS: 'bundled', EMBEDDING_WORKERS: '1' }),
      dir: join(dir, 'tiny'),
      cacheDir: join(dir, 'cache'),
    };
    const steps: string[] = [];
    const report = await evaluateSet({ ...options, onProgress: (step) => steps.push(step) });
    const found = figures(report.tables);

    expect(report.name).toBe('tiny');
    expect(found.get('documents found/all/questions')).toBe(2);
    expect(found.get('documents found/all/nDCG@10')).toBe(1);
    expect(found.get('answers/all/hit')).toBe(1);
    expect(found.get('abstention/all/declined')).toBe(1);
    expect(found.get('abstention/all/belief AUROC')).toBe(1);
    expect(found.get('latency, ms/retrieve/median')).toBeGreaterThan(0);
    expect(report.failures).toEqual([]);
    expect(steps).toContain('tiny: embedding');

    const kept = await readdir(options.cacheDir);
    const again: string[] = [];
    const second = await evaluateSet({ ...options, limit: 1, onProgress: (step) => again.push(step) });
    expect(figures(second.tables).get('documents found/all/questions')).toBe(1);
    expect(again).toEqual(['tiny: asking']);
    expect(await readdir(options.cacheDir)).toEqual(kept);
  });

  it('is found by its own folder or by the one that holds it', async () => {
    const dir = await folder();
    await writeSet(join(dir, 'one'));
    await writeSet(join(dir, 'two'));
    await mkdir(join(dir, 'notes'));
    expect(await findQuestionSets(join(dir, 'two'))).toEqual([join(dir, 'two')]);
    expect(await findQuestionSets(dir)).toEqual([join(dir, 'one'), join(dir, 'two')]);
    expect(await findQuestionSets(dir, ['two'])).toEqual([join(dir, 'two')]);
    await expect(findQuestionSets(dir, ['three'])).rejects.toThrow(/no set named three/u);
    await expect(findQuestionSets(join(dir, 'gone'))).rejects.toThrow(/cannot be read/u);
  });

  it('names the line that is wrong', async () => {
    const dir = await folder();
    await writeSet(dir);
    await writeFile(join(dir, 'queries.jsonl'), `${JSON.stringify(queries[0])}\n{"id": 7}\n`);
    await expect(readQuestionSet(dir)).rejects.toThrow(/queries\.jsonl, line 2: id: /u);
  });
});

describe('article ids of documents', () => {
  it('are slugs, different for different documents, that lead back to them', () => {
    const ids = articleIds([...documents, { id: '映画' }]);
    expect(Array.from(ids)).toEqual([
      ['bakery-lyon-0', 'Bakery (Lyon)'],
      ['bakery-lyon-1', 'Bakery Lyon'],
      ['empty-2', 'empty'],
      ['cau-3', 'cầu'],
      ['document-4', '映画'],
    ]);
  });
});
