import type { JobQueue } from './job-queue.ts';

/** A job kept for its worker. */
export interface JobLease {
  /** Aborted when the job may be another worker's. */
  readonly lost: AbortSignal;
  /** Gives it up. */
  readonly lose: () => void;
  /** Ends the renewing. */
  stop(): void;
}

/** How often a job is renewed within the time for which it is kept: two may fail. */
const renewals = 3;

/** Renews a job while it is worked on. Where the database cannot be told, it is given up before another may take it. */
export function keepLease(
  id: string,
  { queue, leaseMs }: { readonly queue: Pick<JobQueue, 'renew'>; readonly leaseMs: number },
): JobLease {
  const lost = new AbortController();
  const lose = () => lost.abort();
  let isRenewing = false;
  let isStopped = false;
  let end = setTimeout(lose, leaseMs);

  async function renew(): Promise<void> {
    if (isRenewing) return;
    isRenewing = true;
    const asked = performance.now();
    try {
      const isOurs = await queue.renew(id);
      if (isStopped) return;
      if (!isOurs) return lose();
      clearTimeout(end);
      // It is kept from when the database was told, which was after it was asked.
      end = setTimeout(lose, leaseMs - (performance.now() - asked));
    } catch {
      // Tried again with the next; there are some before the time is over.
    } finally {
      isRenewing = false;
    }
  }

  const timer = setInterval(() => void renew(), leaseMs / renewals);
  return {
    lost: lost.signal,
    lose,
    stop() {
      isStopped = true;
      clearInterval(timer);
      clearTimeout(end);
    },
  };
}
