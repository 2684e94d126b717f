import type { IngestJobResult } from '../domain/ingest-job.ts';
import type { IngestReport } from '../ingest/run-ingest.ts';

/** The closing summary of an ingest, with a line break at the end. */
export function formatReport(report: IngestReport): string {
  const { fetched, skipped, resumed } = report;
  return lines([
    ...(resumed ? ['Carried on from where an earlier ingest was interrupted.'] : []),
    ...(fetched ? [pages(fetched), ...fetched.gone.map((address) => `  ${address}: no longer there`)] : []),
    ...countsAndReasons(report),
    ...(skipped.length > 0 ? [`Skipped ${skipped.length} other files.`] : []),
  ]);
}

/** What a job did, with a line break at the end. */
export function formatJobResult(result: IngestJobResult): string {
  const named = (what: string, ids: readonly string[]) => ids.map((id) => `  ${what} ${id}`);
  return lines([
    ...countsAndReasons(result),
    ...named('added', result.added),
    ...named('changed', result.changed),
    ...named('removed', result.removed),
  ]);
}

function pages({ stored, unchanged, gone }: NonNullable<IngestReport['fetched']>): string {
  return `Pages: ${stored} new or changed, ${unchanged} unchanged, ${gone.length} gone.`;
}

function countsAndReasons(
  report: Pick<IngestReport, 'added' | 'changed' | 'unchanged' | 'removed' | 'failed'>,
) {
  const { added, changed, unchanged, removed, failed } = report;
  const counts = [
    `${added.length} added`,
    `${changed.length} changed`,
    `${unchanged.length} unchanged`,
    `${removed.length} removed`,
    `${failed.length} failed`,
  ];
  const reasons = failed.map(({ file, reason }) => `  ${file}: ${reason}`);
  return [`Articles: ${counts.join(', ')}.`, ...reasons];
}

function lines(list: readonly string[]): string {
  return `${list.join('\n')}\n`;
}
