import { z } from 'zod';

/** What a server uses at a moment, and since the measurement before. Sizes are bytes. */
export const measurementSchema = z.object({
  rss: z.number(),
  heapUsed: z.number(),
  external: z.number(),
  /** Timers, sockets and the like that keep the process alive. */
  resources: z.number(),
  /** Of all threads since the start, in milliseconds. */
  cpuMs: z.number(),
  /** Milliseconds by which the event loop was late, since the measurement before; 10 of them are the timer's own. */
  lag: z.object({ p50: z.number(), p99: z.number(), max: z.number() }),
});

export interface Measurement extends z.infer<typeof measurementSchema> {
  /** Milliseconds of `performance.now()`. */
  readonly at: number;
  /** Open file descriptors; undefined where the system does not tell. */
  readonly files: number | undefined;
}
