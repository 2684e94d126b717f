import { FootnoteError } from '../../domain/errors.ts';
import { createMemoryWatch } from './memory-watch.ts';
import { type ParseThread, startParseThread, type StopReason, type ThreadOutcome } from './parse-thread.ts';
import type { FileParser, FileToParse, ParsedFile } from './parsed-file.ts';
import { stoppedFailure } from './read-failure.ts';

/** A thread that has had nothing to do for this long is ended, in milliseconds. */
const idleMilliseconds = 10_000;

/** The heap that V8 allows a thread, as a multiple of what it may take, and at least, in MB. */
const heap = { factor: 4, least: 1_024 } as const;

const bytesPerMb = 1_000_000;

interface Task {
  readonly input: FileToParse;
  readonly resolve: (parsed: ParsedFile) => void;
  readonly reject: (reason: unknown) => void;
  /** Read alone, after a thread had ended while it and perhaps others were read. */
  alone: boolean;
  /** Its caller has its answer. */
  done: boolean;
}

/**
 * Makes a {@link FileParser}. Its threads are started when there is something to read, and ended when there is
 * nothing for some time. A file that takes too long ends its thread. Where too much memory is taken, or a thread
 * crashes, the files that were being read are read again one at a time, so that only the one to blame fails.
 *
 * @param options.workers - files that are read at a time; others wait in their order.
 * @param options.timeoutMs - what reading one file may take; waiting does not count.
 * @param options.memoryMb - by how much the memory of the process may grow meanwhile.
 * @param options.module - what the threads run instead of `parse-worker.ts`; it speaks `ThreadMessage`.
 */
export function createFileParser(options: {
  readonly workers: number;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly module?: URL;
}): FileParser {
  const { workers, timeoutMs, memoryMb, module } = options;
  const heapMb = Math.max(heap.least, heap.factor * memoryMb);
  const waiting: Task[] = [];
  const suspects: Task[] = [];
  const running = new Map<Task, ParseThread>();
  /** Those of the running ones that are no longer starting. */
  const reading = new Set<ParseThread>();
  /** With what ends each of them. */
  const idle = new Map<ParseThread, NodeJS.Timeout>();
  const threads = new Set<ParseThread>();
  const watch = createMemoryWatch({
    bytes: memoryMb * bytesPerMb,
    onExcess() {
      for (const thread of reading) void thread.stop('memory');
    },
  });
  let closed = false;

  function begin(): void {
    const solitary = suspects[0];
    if (solitary) {
      if (running.size > 0) return;
      suspects.shift();
      void run(solitary);
      return;
    }
    if (Array.from(running.keys()).some((task) => task.alone)) return;
    while (running.size < workers) {
      const task = waiting.shift();
      if (!task) return;
      void run(task);
    }
  }

  async function run(task: Task): Promise<void> {
    // What an earlier file left behind in a thread is not to be held against one that is read alone.
    const thread = (task.alone ? undefined : takeIdle()) ?? start();
    running.set(task, thread);
    thread.setBusy(true);
    try {
      await thread.ready;
      const outcome = await readWithin(thread, task.input);
      if ('stopped' in outcome) await answerStopped(task, thread, outcome.stopped);
      else task.resolve(outcome.parsed);
    } catch (error) {
      task.reject(closed ? closedError() : error);
      await thread.stop('crash');
    }
    running.delete(task);
    rest(thread);
    begin();
  }

  async function readWithin(thread: ParseThread, input: FileToParse): Promise<ThreadOutcome> {
    reading.add(thread);
    const unwatch = watch.add();
    const timer = setTimeout(() => void thread.stop('time'), timeoutMs);
    try {
      return await thread.run(input);
    } finally {
      clearTimeout(timer);
      unwatch();
      reading.delete(thread);
    }
  }

  async function answerStopped(task: Task, thread: ParseThread, reason: StopReason): Promise<void> {
    if (closed || reason === 'unwanted') task.reject(closedError());
    else if (task.alone || reason === 'time') {
      task.resolve({ articles: [], failures: [stoppedFailure(reason, { timeoutMs, memoryMb })] });
    } else if (!task.done) {
      task.alone = true;
      suspects.push(task);
    }
    // Its memory must be free before that of another file is measured.
    await thread.ended;
  }

  function start(): ParseThread {
    const thread = startParseThread({ heapMb, module });
    threads.add(thread);
    const forget = async () => {
      await thread.ended;
      threads.delete(thread);
      takeIdle(thread);
    };
    void forget();
    return thread;
  }

  /** @returns the thread, which is idle no more; undefined where there is none. */
  function takeIdle(thread = Array.from(idle.keys()).at(-1)): ParseThread | undefined {
    if (!thread) return undefined;
    clearTimeout(idle.get(thread));
    idle.delete(thread);
    return thread;
  }

  function rest(thread: ParseThread): void {
    if (!threads.has(thread)) return;
    thread.setBusy(false);
    const end = () => {
      // Ending takes a while, in which no file may be given to it any more.
      takeIdle(thread);
      void thread.stop('unwanted');
    };
    idle.set(thread, setTimeout(end, idleMilliseconds).unref());
  }

  return {
    async parse(input, { signal } = {}) {
      signal?.throwIfAborted();
      if (closed) throw closedError();
      return new Promise<ParsedFile>((resolve, reject) => {
        const settle = () => {
          task.done = true;
          signal?.removeEventListener('abort', abort);
        };
        const task: Task = {
          input,
          alone: false,
          done: false,
          resolve(parsed) {
            settle();
            resolve(parsed);
          },
          reject(reason) {
            settle();
            reject(reason);
          },
        };
        const abort = () => {
          task.reject(signal?.reason);
          remove(waiting, task);
          remove(suspects, task);
          void running.get(task)?.stop('unwanted');
          begin();
        };
        signal?.addEventListener('abort', abort, { once: true });
        waiting.push(task);
        begin();
      });
    },
    async close() {
      closed = true;
      for (const task of [...waiting.splice(0), ...suspects.splice(0)]) task.reject(closedError());
      await Promise.all(Array.from(threads, (thread) => thread.stop('unwanted')));
    },
  };
}

/** Whether `item` was in `list`. */
function remove<Item>(list: Item[], item: Item): boolean {
  const index = list.indexOf(item);
  if (index !== -1) list.splice(index, 1);
  return index !== -1;
}

function closedError(): FootnoteError {
  return new FootnoteError('unavailable', 'Files are no longer read, because the program is ending.', {
    remedy: 'Start it again.',
  });
}
