import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';

import { type Config, loadConfig, projectRoot, readDotEnv } from '../config.ts';
import { errorMessage, FootnoteError, isAbortError } from '../domain/errors.ts';
import { evaluateCorruptedSet } from '../evaluate/corrupted-set.ts';
import { formatFailures, formatReport, reportResource } from '../evaluate/format-report.ts';
import { evaluateGolden } from '../evaluate/golden/evaluate-golden.ts';
import type { EvaluationOptions, EvaluationReport } from '../evaluate/report.ts';
import { evaluateSet } from '../evaluate/sets/evaluate-set.ts';
import { findQuestionSets } from '../evaluate/sets/question-set.ts';
import { loadGlossary } from '../retrieve/glossary.ts';

const usage = `Usage: npm run -s eval -- [options]
Asks the golden questions about the shipped corpus and prints how the answers fare, then how well corrupted
sentences are told from faithful ones.
  --data DIR       ask about a folder with corpus.jsonl and queries.jsonl instead, or one that holds such folders
  --set NAME       only the set of this name in DIR; may be repeated
  --writer WRITER  extractive (default) or chat, the model in CHAT_MODEL
  --limit N        at most N questions of each set, taken at even distances
  --failures       list the questions that did not come out right, with what was cited
  --json FILE      write everything to this file as well`;

type Options = ReturnType<typeof readOptions>;

const stop = new AbortController();
const onSignal = () => stop.abort();
process.once('SIGINT', onSignal).once('SIGTERM', onSignal);

try {
  await run(readOptions());
} catch (error) {
  process.exitCode = explain(error);
}

function explain(error: unknown): number {
  if (stop.signal.aborted && isAbortError(error)) {
    process.stderr.write('Interrupted.\n');
    return 130;
  }
  if (error instanceof FootnoteError) {
    process.stderr.write(`${error.message}${error.remedy === undefined ? '' : `\n${error.remedy}`}\n`);
    return error.code === 'configuration' ? 2 : 1;
  }
  process.stderr.write(`Unexpected failure: ${error instanceof Error ? error.stack : String(error)}\n`);
  return 1;
}

async function run(options: Options): Promise<void> {
  if (options.help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const config = settings(options.writer);
  const reports: EvaluationReport[] = [];
  for await (const report of evaluations(config, options)) {
    process.stdout.write(`${formatReport(report)}\n`);
    if (options.failures) process.stdout.write(`${formatFailures(report.failures)}\n`);
    reports.push(report);
  }
  if (options.json !== undefined) {
    const result = {
      createdAt: new Date().toISOString(),
      writer: options.writer,
      ...(config.chat && { model: config.chat.model }),
      reports: reports.map(reportResource),
    };
    await writeFile(options.json, `${JSON.stringify(result, null, 2)}\n`);
  }
}

async function* evaluations(config: Config, { data, set, limit }: Options): AsyncGenerator<EvaluationReport> {
  const common: EvaluationOptions = {
    onProgress: showTenths(),
    signal: stop.signal,
    ...(limit !== undefined && { limit }),
  };
  if (data === undefined) {
    const questionsFile = join(projectRoot, 'test/golden/questions.jsonl');
    yield await evaluateGolden({ ...common, config, questionsFile });
    yield await evaluateCorruptedSet({
      ...common,
      dir: join(projectRoot, 'test/golden/corrupted'),
      corpus: config.corpusDir,
      glossary: await loadGlossary(config.glossaryFile),
    });
    return;
  }
  for (const dir of await findQuestionSets(data, set)) yield await evaluateSet({ ...common, config, dir });
}

function settings(writer: string): Config {
  readDotEnv();
  // Into folders of its own: nothing of it belongs into a database that serves readers.
  const corpus = { CORPUS_DIR: join(projectRoot, 'corpus'), STORE: '' };
  // An empty variable counts as not set.
  if (writer === 'extractive') return loadConfig({ ...corpus, CHAT_MODEL: '' });
  const config = loadConfig(corpus);
  if (config.chat) return config;
  throw new FootnoteError('configuration', 'There is no chat model to evaluate.', {
    remedy: 'Set CHAT_MODEL to <provider>:<model>, as .env.example shows.',
  });
}

function readOptions() {
  const {
    data,
    set,
    json,
    writer = 'extractive',
    limit,
    failures = false,
    help = false,
  } = parseCommandLine();
  if (!['extractive', 'chat'].includes(writer)) throw wrongUsage(`--writer is "${writer}".`);
  if (limit !== undefined && !/^[1-9]\d{0,6}$/u.test(limit)) throw wrongUsage(`--limit is "${limit}".`);
  if (set && data === undefined) throw wrongUsage('--set chooses among the sets of --data.');
  return { data, set, json, writer, limit: limit === undefined ? undefined : Number(limit), failures, help };
}

function parseCommandLine() {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      options: {
        data: text,
        set: { type: 'string', multiple: true },
        json: text,
        writer: text,
        limit: text,
        failures: flag,
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw wrongUsage(errorMessage(error));
  }
}

function wrongUsage(problem: string): FootnoteError {
  return new FootnoteError('configuration', problem, { remedy: usage });
}

/** Prints a line to standard error for each tenth of a step. */
function showTenths(): NonNullable<EvaluationOptions['onProgress']> {
  let shown = '';
  return (step, done, total) => {
    const line = `${step} ${Math.floor((10 * done) / total) * 10} %`;
    if (line === shown) return;
    shown = line;
    process.stderr.write(`${line}\n`);
  };
}
