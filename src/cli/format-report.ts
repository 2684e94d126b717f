import type { IngestReport } from '../ingest/run-ingest.ts';

/** The closing summary of an ingest, with a line break at the end. */
export function formatReport(report: IngestReport): string {
  const { added, changed, unchanged, removed, failed, skipped } = report;
  const counts = [
    `${added.length} added`,
    `${changed.length} changed`,
    `${unchanged.length} unchanged`,
    `${removed.length} removed`,
    `${failed.length} failed`,
  ];
  const other = skipped.length > 0 ? [`Skipped ${skipped.length} other files.`] : [];
  const reasons = failed.map(({ file, reason }) => `  ${file}: ${reason}`);
  return `${[`Articles: ${counts.join(', ')}.`, ...reasons, ...other].join('\n')}\n`;
}
