import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';

import type { z } from 'zod';

import { taskReplySchema } from './child-task.ts';

/** A package that is to be compared is not installed. */
export class MissingPackageError extends Error {}

/** Settings of {@link runChild}. */
export interface ChildOptions<Result> {
  /** The compiled module, which calls `runTask`. */
  readonly module: URL;
  readonly settings: unknown;
  readonly result: z.ZodType<Result>;
  /** The child is ended after so many milliseconds. */
  readonly timeoutMs: number;
  /** The largest heap, in MiB; Node's own limit when absent. */
  readonly heapMb?: number;
}

/**
 * Does a task in a process of its own, so that memory is measured from a clean start and a store that crashes takes
 * nothing with it.
 *
 * @throws MissingPackageError when a package of the task is not installed.
 * @throws Error when the task fails or takes too long.
 */
export async function runChild<Result>(options: ChildOptions<Result>): Promise<Result> {
  const { module, settings, result, timeoutMs, heapMb } = options;
  const child = fork(module, {
    execArgv: ['--expose-gc', ...(heapMb === undefined ? [] : [`--max-old-space-size=${heapMb}`])],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const errors: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => {
    errors.push(chunk.toString());
    if (errors.length > 50) errors.shift();
  });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill('SIGKILL');
  }, timeoutMs);
  // Not as an argument: onnxruntime looks through the command line with a regular expression that a long one makes overflow
  // its stack, which ends the process.
  child.send({ settings }, () => undefined);
  try {
    const message = await replyOf(child);
    if (message === undefined) {
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      if (late) throw new Error(`not done after ${Math.round(timeoutMs / 1000)} s`);
      const why = errors.join('').trim().split('\n').slice(-3).join(' ');
      throw new Error(`ended with ${child.exitCode ?? child.signalCode}. ${why}`);
    }
    const reply = taskReplySchema.parse(message);
    if ('error' in reply) {
      throw reply.missing ? new MissingPackageError(reply.error) : new Error(reply.error);
    }
    return result.parse(reply.result);
  } finally {
    clearTimeout(timer);
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
  }
}

/** Undefined when the child ends without one. */
function replyOf(child: ChildProcess): Promise<unknown> {
  const stop = () => child.kill('SIGKILL');
  process.once('exit', stop);
  return new Promise<unknown>((resolve, reject) => {
    child.once('message', resolve);
    child.once('error', reject);
    // Unlike `exit`, this comes after everything that the child had said.
    child.once('disconnect', () => resolve(undefined));
  }).finally(() => process.off('exit', stop));
}
