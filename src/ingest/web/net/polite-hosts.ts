import { maxRetryAfterMs } from '../limits.ts';
import type { WebResponse } from './safe-fetch.ts';

/** Waits, or rejects with the signal's reason. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

/** Asks each host for one thing at a time, with pauses. */
export interface PoliteHosts {
  /**
   * Sends when it is this host's turn. Where the server asks to wait (429 or 503 with `Retry-After`), waits up to a
   * minute and sends once more; a longer wait is left to the caller.
   *
   * @param options.delayMs - pause since the end of the request before, where that is longer than the usual.
   */
  visit(
    url: URL,
    send: () => Promise<WebResponse>,
    options?: { readonly delayMs?: number; readonly signal?: AbortSignal | undefined },
  ): Promise<WebResponse>;
}

interface Host {
  /** Settled when the latest request in line is over; never rejects. */
  tail: Promise<unknown>;
  waiting: number;
  /** When the latest request ended, in milliseconds of the clock. */
  endedAt: number;
}

/** Hosts whose latest request is remembered; more are forgotten once nobody waits for them. */
const rememberedHosts = 2_000;

/**
 * @param options.delayMs - between two requests to one host.
 * @param options.now - milliseconds since 1970.
 */
export function createPoliteHosts(options: {
  readonly delayMs: number;
  readonly now: () => number;
  readonly sleep: Sleep;
}): PoliteHosts {
  const { now, sleep } = options;
  const hosts = new Map<string, Host>();

  function hostOf(url: URL): Host {
    const known = hosts.get(url.host);
    if (known) return known;
    if (hosts.size >= rememberedHosts) forgetIdle(hosts);
    const host = { tail: Promise.resolve(), waiting: 0, endedAt: Number.NEGATIVE_INFINITY };
    hosts.set(url.host, host);
    return host;
  }

  return {
    async visit(url, send, { delayMs = 0, signal } = {}) {
      const host = hostOf(url);
      const pause = Math.max(delayMs, options.delayMs);

      async function inTurn(): Promise<WebResponse> {
        signal?.throwIfAborted();
        // A clock that was set back must not make it longer.
        const wait = Math.min(pause, host.endedAt + pause - now());
        if (wait > 0) await sleep(wait, signal);
        try {
          return await send();
        } finally {
          host.endedAt = now();
        }
      }

      async function patiently(): Promise<WebResponse> {
        const response = await inTurn();
        const wait = retryAfterMs(response, now());
        if (wait === undefined || wait > maxRetryAfterMs) return response;
        await sleep(wait, signal);
        return inTurn();
      }

      host.waiting += 1;
      const turn = host.tail.then(patiently);
      host.tail = turn.then(
        () => undefined,
        () => undefined,
      );
      try {
        return await turn;
      } finally {
        host.waiting -= 1;
      }
    },
  };
}

/** For how long a busy server asks to be left alone; `undefined` when it does not say. */
export function retryAfterMs(response: WebResponse, now: number): number | undefined {
  if (response.status !== 429 && response.status !== 503) return undefined;
  const value = response.header('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/u.test(value)) return Number(value) * 1_000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function forgetIdle(hosts: Map<string, Host>): void {
  for (const [name, { waiting }] of hosts) if (waiting === 0) hosts.delete(name);
}
