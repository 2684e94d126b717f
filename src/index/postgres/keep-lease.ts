import type { Database } from '../../postgres/database.ts';
import { type Batch, renewLease } from './batches.ts';

/** Renews the lease of a batch again and again, until it is ended or belongs to somebody else. */
export function keepLease(database: Database, batch: Batch, leaseMs: number): { end(): void } {
  const timer = setInterval(() => {
    void renew();
  }, leaseMs / 3);
  timer.unref();

  async function renew(): Promise<void> {
    // Where it fails, the next time may succeed, and otherwise whoever writes to the batch is told.
    const isOwn = await renewLease(database, batch, leaseMs).catch(() => true);
    if (!isOwn) clearInterval(timer);
  }

  return { end: () => clearInterval(timer) };
}
