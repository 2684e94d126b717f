import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { errorMessage, FootnoteError } from '../domain/errors.ts';
import type { Glossary } from '../retrieve/glossary.ts';
import type { EvaluationReport, Failure } from './report.ts';
import { sampleEvenly } from './sample.ts';
import { type Column, scoreTable } from './score-table.ts';
import { readCorruptedEntries } from './verification/corrupted-entry.ts';
import { evaluateVerification, type VerificationReport } from './verification/run-verification.ts';

/**
 * Verifies the corrupted sentences in the files of a folder and their faithful twins.
 *
 * @param options.dir - folder of `.jsonl` files; each is a row of the table.
 * @param options.corpus - folder of the articles that they cite.
 * @throws FootnoteError `configuration` when a file cannot be read or does not fit the articles.
 */
export async function evaluateCorruptedSet(options: {
  readonly dir: string;
  readonly corpus: string;
  readonly glossary: Glossary;
  readonly limit?: number;
}): Promise<EvaluationReport> {
  const { dir, corpus, glossary, limit } = options;
  const names = await readdir(dir).catch((error: unknown) => {
    throw new FootnoteError('configuration', `${dir} cannot be read: ${errorMessage(error)}`, {
      cause: error,
    });
  });
  const files = names.filter((name) => name.endsWith('.jsonl')).toSorted();
  const parts = await Promise.all(
    files.map(async (file) => ({
      name: basename(file, '.jsonl'),
      entries: sampleEvenly(await readCorruptedEntries(join(dir, file)), limit),
    })),
  );
  const verify = async (name: string, entries: (typeof parts)[number]['entries']) => ({
    name,
    outcomes: [await evaluateVerification({ corpus, glossary, entries })],
  });
  const whole = await verify(
    'all',
    parts.flatMap(({ entries }) => entries),
  );
  const groups = await Promise.all(parts.map(({ name, entries }) => verify(name, entries)));
  const report = whole.outcomes[0];
  return {
    name: 'corrupted',
    tables: [
      scoreTable('verification', [whole, ...groups], verificationColumns),
      scoreTable('corruptions', report ? kindsOf(report) : [], kindColumns),
    ],
    failures: report ? report.failures.map(toFailure) : [],
  };
}

function kindsOf({ byKind }: VerificationReport) {
  return Object.entries(byKind).map(([name, outcome]) => ({ name, outcomes: [outcome] }));
}

/** Each row sums up one report. */
function column<T>(name: string, format: Column<T>['format'], read: (report: T) => number): Column<T> {
  return { name, format, value: ([report]) => (report === undefined ? Number.NaN : read(report)) };
}

const verificationColumns: readonly Column<VerificationReport>[] = [
  column('corrupted', 'count', ({ corrupted }) => corrupted),
  column('detected', 'share', ({ detected }) => detected),
  column('removed', 'share', ({ removed }) => removed.detected),
  column('clean', 'count', ({ clean }) => clean),
  column('false alarms', 'share', ({ falseAlarms }) => falseAlarms),
  column('wrongly removed', 'share', ({ removed }) => removed.falseAlarms),
];

const kindColumns: readonly Column<VerificationReport['byKind'][string]>[] = [
  column('corrupted', 'count', ({ count }) => count),
  column('detected', 'share', ({ detected }) => detected),
];

function toFailure({ id, kind, sentence, verdict }: VerificationReport['failures'][number]): Failure {
  const problem = kind === 'clean' ? `faithful, but found ${verdict}` : `corrupted, but found ${verdict}`;
  return { id, type: kind, question: sentence, problem, cited: [] };
}
