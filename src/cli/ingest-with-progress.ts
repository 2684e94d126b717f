import process from 'node:process';

import type { LocalAssistant } from '../assistant.ts';
import type { IngestReport } from '../ingest/run-ingest.ts';
import { formatReport } from './format-report.ts';
import { createProgressDisplay } from './progress-display.ts';

/** How an ingest is shown. */
export interface ShownIngest {
  readonly signal: AbortSignal;
  /** Whether the summary is shown only where a file failed. */
  readonly quiet: boolean;
  /** Whether sources on the web are left alone. */
  readonly offline?: boolean;
  /** Which reports are printed; all when absent. Their progress is not shown then, so as to say nothing of the others. */
  readonly isWorthTelling?: (report: IngestReport) => boolean;
}

/**
 * Brings the index up to date and shows how far it is: a bar on a terminal, plain lines elsewhere, on standard
 * error. The closing summary goes to standard output, unless `quiet`.
 */
export async function ingestWithProgress(
  assistant: LocalAssistant,
  { signal, quiet, offline = false, isWorthTelling }: ShownIngest,
): Promise<void> {
  const display = createProgressDisplay(process.stderr);
  try {
    const report = await assistant.ingest({
      signal,
      offline,
      ...(!isWorthTelling && { onProgress: display.show }),
    });
    display.stop();
    const summary = formatReport(report);
    if (quiet) {
      if (report.failed.length > 0) process.stderr.write(summary);
    } else if (isWorthTelling?.(report) ?? true) process.stdout.write(summary);
  } finally {
    display.stop();
  }
}
