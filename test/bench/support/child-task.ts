import { once } from 'node:events';
import process from 'node:process';

import { z } from 'zod';

import { errorMessage } from '#footnote/domain/errors.js';

/** What a child is told. */
const taskRequestSchema = z.object({ settings: z.unknown() });

/** What a child says when it has ended its task. */
export const taskReplySchema = z.union([
  z.object({ result: z.unknown() }),
  z.object({ error: z.string(), missing: z.boolean() }),
]);

/** In a child: does the task whose settings are the first message of the parent, and tells it what came of that. */
export async function runTask<Settings, Result>(
  settings: z.ZodType<Settings>,
  work: (settings: Settings) => Promise<Result>,
): Promise<void> {
  const [given]: unknown[] = await once(process, 'message');
  const reply = await attempt(async () => work(settings.parse(taskRequestSchema.parse(given).settings)));
  await new Promise<void>((resolve) => {
    process.send?.(reply, () => resolve());
  });
  // The parent ends this process: what a store has running need not be stopped in good order.
}

async function attempt<Result>(work: () => Promise<Result>): Promise<z.infer<typeof taskReplySchema>> {
  try {
    return { result: await work() };
  } catch (error) {
    return { error: errorMessage(error), missing: isMissing(error) };
  }
}

/** Whether a package is not there. */
function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}

/** Bytes of memory in use after everything that is garbage was collected. Needs `--expose-gc`. */
export function residentBytes(): number {
  // Twice, as what finalisers let go is collected by the next.
  for (let run = 0; run < 2; run += 1) globalThis.gc?.();
  return process.memoryUsage.rss();
}
