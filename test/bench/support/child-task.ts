import process from 'node:process';

import { z } from 'zod';

import { errorMessage } from '#footnote/domain/errors.js';

/** What a child says when it has ended its task. */
export const taskReplySchema = z.union([
  z.object({ result: z.unknown() }),
  z.object({ error: z.string(), missing: z.boolean() }),
]);

/** In a child: does the task whose settings are its first argument, and tells the parent what came of it. */
export async function runTask<Settings, Result>(
  settings: z.ZodType<Settings>,
  work: (settings: Settings) => Promise<Result>,
): Promise<void> {
  const reply = await attempt(async () => work(settings.parse(JSON.parse(process.argv[2] ?? ''))));
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
