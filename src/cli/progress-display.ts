import type { WriteStream } from 'node:tty';

import { Presets, SingleBar } from 'cli-progress';

import type { IngestProgress } from '../domain/ingest-job.ts';

/** Shows how far an ingest is. */
export interface ProgressDisplay {
  readonly show: (progress: IngestProgress) => void;
  /** Ends the display; harmless when repeated. */
  readonly stop: () => void;
}

const labels: Record<IngestProgress['phase'], string> = {
  fetching: 'Fetching',
  reading: 'Reading',
  embedding: 'Embedding',
};

/** Creates a bar on a terminal, and elsewhere a plain line for each tenth of the work. */
export function createProgressDisplay(stream: NodeJS.WritableStream & Partial<WriteStream>): ProgressDisplay {
  return stream.isTTY ? createBar(stream) : createLines(stream);
}

function createBar(stream: NodeJS.WritableStream): ProgressDisplay {
  const bar = new SingleBar(
    { stream, format: '{phase} [{bar}] {value}/{total}', hideCursor: true, clearOnComplete: true },
    Presets.rect,
  );
  let phase: IngestProgress['phase'] | undefined;
  return {
    show: (progress) => {
      if (progress.phase !== phase) {
        bar.stop();
        phase = progress.phase;
        bar.start(progress.total, progress.done, { phase: labels[phase] });
      }
      bar.setTotal(progress.total);
      bar.update(progress.done);
    },
    stop: () => bar.stop(),
  };
}

function createLines(stream: NodeJS.WritableStream): ProgressDisplay {
  let shown = '';
  return {
    show: ({ phase, done, total }) => {
      const tenths = total === 0 ? 10 : Math.floor((10 * done) / total);
      const line = `${labels[phase]} ${tenths * 10} %`;
      if (line === shown) return;
      shown = line;
      stream.write(`${line} (${done} of ${total})\n`);
    },
    stop: () => {},
  };
}
