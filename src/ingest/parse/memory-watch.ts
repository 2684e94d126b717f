import process from 'node:process';

/** How often memory is looked at while files are read, in milliseconds. */
const interval = 50;

/** Notices when reading files takes more memory than it may. */
export interface MemoryWatch {
  /** Begins to watch on behalf of a file. @returns what ends it. */
  add(): () => void;
}

/**
 * Watches what the process takes beside the heap and the buffers of this thread, because nothing tells what one thread
 * takes: limits of a thread's heap leave its buffers out, and V8 ends the whole process where a single built-in
 * function (`split`, `JSON.parse`) goes over them.
 *
 * @param options.bytes - by how much it may grow while a file is read.
 * @param options.onExcess - called at most once per look.
 */
export function createMemoryWatch({
  bytes,
  onExcess,
}: {
  readonly bytes: number;
  readonly onExcess: () => void;
}): MemoryWatch {
  const baselines = new Map<symbol, number>();
  let timer: NodeJS.Timeout | undefined;

  const look = () => {
    const now = footprint();
    if (Array.from(baselines.values()).some((baseline) => now - baseline > bytes)) onExcess();
  };

  return {
    add() {
      const key = Symbol('file');
      baselines.set(key, footprint());
      timer ??= setInterval(look, interval);
      return () => {
        baselines.delete(key);
        if (baselines.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}

function footprint(): number {
  const { rss, heapTotal, external } = process.memoryUsage();
  return rss - heapTotal - external;
}
