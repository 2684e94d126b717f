import { z } from 'zod';

import type { StoreName } from './stores.ts';

/** What building and searching a store took. Durations are milliseconds, sizes bytes. */
export const builtSchema = z.object({
  buildMs: z.number(),
  memory: z.number(),
  /** Searches that were measured. */
  queries: z.number(),
  perSecond: z.number(),
  p50: z.number(),
  p99: z.number(),
  /** Mean share of the ten true neighbours that were found. */
  recall: z.number(),
  saveMs: z.number().optional(),
  fileBytes: z.number().optional(),
  saveError: z.string().optional(),
});

/** What opening a stored one took, until its first result. */
export const loadedSchema = z.object({ loadMs: z.number(), loadedMemory: z.number() });

/** Figures of a store at a size; `failure` says what is missing and why. */
export interface StoreFigures {
  readonly store: StoreName;
  readonly size: number;
  readonly built?: z.infer<typeof builtSchema>;
  readonly loaded?: z.infer<typeof loadedSchema>;
  readonly failure?: string;
}
