import { execFile } from 'node:child_process';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { EmbeddingModel } from '../../src/domain/ports.ts';
import { createEmbeddingModel } from '../../src/models/create-embedding-model.ts';
import { cosine, plain, wordy } from './vectors.ts';

describe('the bundled embedding model', () => {
  let model: EmbeddingModel;

  beforeAll(async () => {
    model = await createEmbeddingModel({ kind: 'bundled', ...plain });
  });
  afterAll(() => model.close());

  it('says what it is', () => {
    expect(model).toMatchObject({
      id: 'bundled:all-MiniLM-L6-v2-int8',
      dimensions: 384,
      languages: ['en'],
    });
  });

  it('puts a question nearer to its answer than to anything else', async () => {
    const question = await model.embedQuery('Which decision approved the startup centre?');
    const [answer, related, unrelated] = await model.embedDocuments([
      'The centre for startups was approved by Decision 1131 in June.',
      'The province invited investors to a conference on innovation.',
      'Knead the dough for ten minutes and bake it until golden.',
    ]);
    expect(cosine(question, answer)).toBeGreaterThan(0.6);
    expect(cosine(question, answer)).toBeGreaterThan(cosine(question, related) + 0.1);
    expect(cosine(question, related)).toBeGreaterThan(cosine(question, unrelated));
  });

  it('agrees with the full-precision model', async () => {
    const person = await model.embedQuery('That is a happy person');
    const others = await model.embedDocuments([
      'That is a very happy person',
      'That is a happy dog',
      'Today is a sunny day',
    ]);
    // Scores of these sentences by sentence-transformers with the original 32-bit weights.
    for (const [index, score] of [0.9429, 0.6946, 0.2569].entries()) {
      expect(Math.abs(cosine(person, others[index]) - score)).toBeLessThan(0.02);
    }
  });

  it('gives vectors of unit length, for odd texts too', async () => {
    const odd = [
      '',
      ' \n\t ',
      '\uD800',
      '\uDC00x\uD83D',
      '👩‍👩‍👧‍👦',
      'e\u0301\u0302\u0303',
      '\u0000\u200B\uFEFF',
      'Nghị quyết số 57',
      '[CLS] [SEP] [PAD]',
      'a'.repeat(5_000),
    ];
    const vectors = await model.embedDocuments(odd);
    expect(vectors).toHaveLength(odd.length);
    for (const vector of vectors) {
      expect(vector).toHaveLength(384);
      expect(Math.sqrt(cosine(vector, vector))).toBeCloseTo(1, 6);
    }
  });

  it('gives a text the same vector alone, among others and as a question', async () => {
    const texts = Array.from(
      { length: 60 },
      (_, index) => `${index} ${wordy(1 + ((index * 7) % 50), index)}`,
    );
    const [together, reversed] = await Promise.all([
      model.embedDocuments(texts),
      model.embedDocuments(texts.toReversed()),
    ]);
    expect(reversed.toReversed()).toEqual(together);
    for (const index of [0, 17, 59]) {
      expect(await model.embedQuery(texts[index] ?? '')).toEqual(together[index]);
    }
    expect(new Set(together.map((vector) => vector.join())).size).toBe(texts.length);
  });

  it('reads the first 256 tokens of a long text, quickly', async () => {
    const long = `${wordy(254)} `;
    const [exact, longer, huge] = await model.embedDocuments([
      long,
      `${long} and then something else`,
      long + 'more '.repeat(400_000),
    ]);
    expect(longer).toEqual(exact);
    expect(huge).toEqual(exact);
    expect(await model.embedQuery(wordy(250))).not.toEqual(exact);
  });

  it('embeds nothing when given nothing', async () => {
    expect(await model.embedDocuments([])).toEqual([]);
  });

  it('reports progress that adds up', async () => {
    const counts: number[] = [];
    await model.embedDocuments(
      Array.from({ length: 90 }, (_, index) => wordy(10, index)),
      { onProgress: (count) => counts.push(count) },
    );
    expect(counts.length).toBeGreaterThan(1);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(90);
  });

  it('leaves the main thread free and lets a question pass while documents are embedded', async () => {
    const delay = monitorEventLoopDelay({ resolution: 2 });
    const order: string[] = [];
    delay.enable();
    const documents = model
      .embedDocuments(Array.from({ length: 80 }, (_, index) => wordy(250, index)))
      .then(() => order.push('documents'));
    const question = model.embedQuery('How long does a question wait?').then(() => order.push('question'));
    await Promise.all([documents, question]);
    delay.disable();
    expect(order).toEqual(['question', 'documents']);
    // One text this long takes 20 ms or more: run on this thread, half of all delays would be above that.
    expect(delay.percentile(50) / 1e6).toBeLessThan(15);
  });

  it('stops when aborted and goes on working', async () => {
    const controller = new AbortController();
    let progress = 0;
    const texts = Array.from({ length: 400 }, (_, index) => wordy(200, index));
    const embedding = model.embedDocuments(texts, {
      signal: controller.signal,
      onProgress: (count) => {
        progress += count;
        controller.abort();
      },
    });
    await expect(embedding).rejects.toMatchObject({ name: 'AbortError' });
    await expect(model.embedQuery('x', { signal: controller.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(await model.embedQuery('still here')).toHaveLength(384);
    expect(progress).toBeLessThan(20);
  });

  it('puts prefixes before questions and passages, and a passage prefix into its id', async () => {
    const prefixed = await createEmbeddingModel({
      kind: 'bundled',
      workers: 1,
      queryPrefix: 'query: ',
      passagePrefix: 'passage: ',
      languages: ['vi'],
    });
    try {
      expect(await prefixed.embedQuery('rice')).toEqual(await model.embedQuery('query: rice'));
      expect(await prefixed.embedDocuments(['rice'])).toEqual(await model.embedDocuments(['passage: rice']));
      expect(prefixed.id).toMatch(/^bundled:all-MiniLM-L6-v2-int8:p[0-9a-f]{8}$/u);
      expect(prefixed.languages).toEqual(['vi']);
    } finally {
      await prefixed.close();
    }
  });

  it('rejects what is under way and what comes later when it is closed', async () => {
    const closing = await createEmbeddingModel({ kind: 'bundled', ...plain });
    await closing.embedQuery('warm');
    const texts = Array.from({ length: 200 }, () => wordy(200));
    const [underWay] = await Promise.allSettled([closing.embedDocuments(texts), closing.close()]);
    expect(underWay).toMatchObject({ status: 'rejected', reason: { code: 'model-failed' } });
    await expect(closing.embedQuery('x')).rejects.toMatchObject({ code: 'unavailable' });
    await closing.close();
  });

  it.each(['process.exit(0)', 'await model.close()'])('ends cleanly with %s while it works', async (end) => {
    const module = new URL('../../dist/models/create-embedding-model.js', import.meta.url);
    const script = `
      import { createEmbeddingModel } from ${JSON.stringify(module.href)};
      const model = await createEmbeddingModel({ kind: 'bundled', queryPrefix: '', passagePrefix: '', workers: 2 });
      await model.embedQuery('warm');
      model.embedDocuments(Array(100).fill(${JSON.stringify(wordy(250))})).catch(() => {});
      setTimeout(async () => { ${end}; }, 50);`;
    // A thread terminated while it runs a model would abort the process: exit code 134, and a rejection here.
    const { stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
    expect(stderr).toBe('');
  });
});
