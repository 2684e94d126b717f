import process from 'node:process';

import { Piscina } from 'piscina';

import { createNativeGate, shutNativeGate, shutNativeGateAtExit } from './native-gate.ts';
import { rejectable } from './rejectable.ts';

/** Worker threads that run one exported function of a module. */
export interface WorkerPool<Task, Reply> {
  /** @throws Error when the worker dies, cannot start, or the pool is closed. */
  run(task: Task): Promise<Reply>;
  /** Stops all threads; what still runs is rejected. */
  close(): Promise<void>;
}

/** An extra thread that has had nothing to do for this long is stopped; one thread always stays warm. */
const idleMilliseconds = 60_000;

/**
 * Starts no thread until the first task; then one, and more while tasks wait.
 *
 * Tasks take no AbortSignal: Piscina aborts by killing the thread, and loading the model again would cost more
 * than any task. Callers stop waiting instead.
 *
 * @param options.name - the exported function.
 * @param options.threads - threads at most.
 * @param options.workerData - reaches the threads as `workerData.data`, beside the memory of their
 * {@link NativeGate} as `workerData.gate`.
 */
export function createWorkerPool<Task, Reply>(options: {
  readonly module: URL;
  readonly name: string;
  readonly threads: number;
  readonly workerData: unknown;
}): WorkerPool<Task, Reply> {
  const pending = new Set<(reason: unknown) => void>();
  const failAll = (reason: unknown) => {
    for (const reject of pending) reject(reason);
    pending.clear();
  };
  const gate = createNativeGate();
  const shutAtExit = () => shutNativeGateAtExit(gate);
  let pool: Piscina<Task, Reply> | undefined;
  let closed = false;

  const start = () => {
    const started = new Piscina<Task, Reply>({
      filename: options.module.href,
      name: options.name,
      minThreads: 1,
      maxThreads: options.threads,
      idleTimeout: idleMilliseconds,
      workerData: { gate: gate.buffer, data: options.workerData },
    });
    process.once('exit', shutAtExit);
    // Piscina leaves queued tasks waiting for ever when its threads die while starting: these two end them.
    started.on('error', failAll);
    started.on('workerDestroy', () => {
      setImmediate(() => {
        if (started.threads.length === 0) failAll(new Error('all worker threads have stopped'));
      });
    });
    return started;
  };

  return {
    async run(task) {
      if (closed) throw new Error('the worker threads were closed');
      pool ??= start();
      const running = pool.run(task);
      const failure = rejectable();
      pending.add(failure.reject);
      try {
        return await Promise.race([running, failure.promise]);
      } finally {
        pending.delete(failure.reject);
      }
    },
    async close() {
      closed = true;
      failAll(new Error('the worker threads were closed'));
      await shutNativeGate(gate);
      await pool?.destroy();
      process.off('exit', shutAtExit);
    },
  };
}
