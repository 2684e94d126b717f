import type { EvaluationReport, Failure } from './report.ts';
import { figures, formatTable } from './score-table.ts';

/** The tables of an evaluation as aligned text, with a line break at the end. */
export function formatReport({ name, tables }: EvaluationReport): string {
  const shown = tables.filter(({ rows }) => rows.length > 0).map(formatTable);
  return [`== ${name} ==\n`, ...shown].join('\n');
}

/** The questions that did not come out right, each with what was cited, with a line break at the end. */
export function formatFailures(failures: readonly Failure[]): string {
  return failures
    .map(({ id, type, question, problem, cited }) =>
      [`${id} (${type}) ${question}`, `  ${problem}`, ...cited.map((line) => `    ${line}`), ''].join('\n'),
    )
    .join('');
}

/** The evaluation for programs: figures by `table/group/column`, and the failures. */
export function reportResource({ name, tables, failures }: EvaluationReport) {
  return { name, figures: Object.fromEntries(figures(tables)), failures };
}
