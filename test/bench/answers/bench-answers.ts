import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

import { errorCode, errorMessage } from '#footnote/domain/errors.js';

import type { BenchOptions, BenchPart } from '../bench-part.ts';
import { growthChart } from '../growth-chart.ts';
import { measureAnswers } from '../server/measure-answers.ts';
import { startFootnote } from '../server/processes.ts';
import { generatedQuestions } from '../support/generated-articles.ts';
import { runChild } from '../support/run-child.ts';
import {
  additionSchema,
  builtIndexSchema,
  type HttpFigures,
  type SizeFigures,
  stageTimesSchema,
  summariseStages,
} from './answer-figures.ts';
import { answerTables } from './answer-tables.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const corpus = join(root, 'corpus');
const questionSchema = z.object({ text: z.string() });
/** An hour and a half: a million passages are built in less. */
const longestMs = 5_400_000;

/** From question to answer without a model, by the number of passages. */
export const benchAnswers: BenchPart = async (options) => {
  // Reading and embedding the corpus takes longer than all else that is tried.
  const figures = options.smoke ? [] : [await measureSize(options, undefined)];
  for (const passages of options.sizes) figures.push(await measureSize(options, passages));
  return {
    name: 'answers',
    title: 'Question to answer',
    tables: answerTables(figures),
    figures,
    files: [{ name: 'growth.svg', content: chartOf(figures) }],
  };
};

/** @param passages - of generated articles; the articles of the repository when absent. */
async function measureSize(options: BenchOptions, passages: number | undefined): Promise<SizeFigures> {
  const { folder, keep, smoke, progress } = options;
  const name = passages === undefined ? 'the corpus' : `${passages} passages`;
  const dir = join(keep ?? folder, `answers-${passages ?? 'corpus'}`);
  const task = { timeoutMs: longestMs, heapMb: 16_000 };
  const known = await readBuilt(dir);
  if (!known) progress(`answers: building an index of ${name}`);
  const build =
    known ??
    (await runChild({
      ...task,
      module: new URL('build-index.js', import.meta.url),
      settings: { dir, corpus, ...(passages !== undefined && { passages }) },
      result: builtIndexSchema,
    }));
  await writeFile(builtFile(dir), JSON.stringify(build));
  const questions = await questionsFor(passages, smoke ? 20 : 400);
  progress(`answers: answering from ${name}`);
  const { openMs, memory, times } = await runChild({
    ...task,
    module: new URL('time-stages.js', import.meta.url),
    settings: { dir, questions, askMs: smoke ? 2_000 : 20_000 },
    result: stageTimesSchema,
  });
  const failures: string[] = [];
  const unlessFailed = async <T>(what: string, work: () => Promise<T>): Promise<T | undefined> => {
    progress(`answers: ${what}, ${name}`);
    try {
      return await work();
    } catch (error) {
      failures.push(`${what}: ${errorMessage(error)}`);
      return undefined;
    }
  };
  const served = await unlessFailed('over HTTP', () => measureHttp(dir, questions, options));
  // The same article again would replace the first, which is another measure.
  const addition = known
    ? undefined
    : await unlessFailed('adding an article', () =>
        runChild({
          ...task,
          module: new URL('add-article.js', import.meta.url),
          settings: { dir, corpus },
          result: additionSchema,
        }),
      );
  if (keep === undefined) await rm(dir, { recursive: true, force: true });
  return {
    build,
    openMs,
    memory,
    questions: times.length,
    stages: summariseStages(times),
    ...(served && { startMs: served.startMs }),
    http: served?.runs ?? [],
    ...(addition && { addition }),
    failures,
  };
}

const builtFile = (dir: string) => join(dir, 'built.json');

/** What was measured when the index in `dir` was built; undefined where there is none. */
async function readBuilt(dir: string): Promise<z.infer<typeof builtIndexSchema> | undefined> {
  try {
    return builtIndexSchema.parse(JSON.parse(await readFile(builtFile(dir), 'utf8')));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function measureHttp(dir: string, questions: readonly string[], { folder, smoke }: BenchOptions) {
  // No files, so that the articles stay what they are.
  const empty = join(folder, 'no-files');
  await mkdir(empty, { recursive: true });
  const server = await startFootnote({ corpus: empty, index: dir }, {});
  try {
    const runs: HttpFigures[] = [];
    for (const concurrency of smoke ? [2] : [1, 4, 16]) {
      const { perSecond, durations, failures, rss } = await measureAnswers(server, {
        concurrency,
        seconds: smoke ? 1 : 3,
        questions,
      });
      const { p50, p95, p99 } = durations;
      runs.push({ concurrency, perSecond, p50, p95, p99, failures, rss });
    }
    return { startMs: server.startMs, runs };
  } finally {
    await server.close();
  }
}

async function questionsFor(passages: number | undefined, count: number): Promise<string[]> {
  if (passages !== undefined) return generatedQuestions({ corpus, passages, count });
  const lines = (await readFile(join(root, 'test/golden/questions.jsonl'), 'utf8')).split('\n');
  const texts = lines
    .filter((line) => line !== '')
    .map((line) => questionSchema.parse(JSON.parse(line)).text);
  // From all over the file, which is in the order of languages and kinds.
  const step = Math.max(1, Math.floor(texts.length / count));
  return texts.filter((_, index) => index % step === 0).slice(0, count);
}

function chartOf(figures: readonly SizeFigures[]): string {
  const line = (name: string, value: (one: SizeFigures) => number) => ({
    name,
    points: figures.map((one) => ({ passages: one.build.passages, ms: value(one) })),
  });
  return growthChart({
    title: 'Answering time as articles grow',
    lines: [
      line('total, p95', ({ stages }) => stages.total.p95),
      line('total, p50', ({ stages }) => stages.total.p50),
      line('words, p95', ({ stages }) => stages.lexical.p95),
      line('words, p50', ({ stages }) => stages.lexical.p50),
      line('vectors, p50', ({ stages }) => stages.dense.p50),
      line('reranking, p50', ({ stages }) => stages.rerank.p50),
    ],
  });
}
