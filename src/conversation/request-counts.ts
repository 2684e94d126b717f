/** Counts requests, for all servers that share it. */
export interface RequestCounts {
  /** Counts one more under the key within a window of time, which begins with its first request. */
  count(key: string, windowMs: number): Promise<RequestCount>;
  /** Forgets those under the key. */
  reset(key: string): Promise<void>;
}

/** How far it is counted. */
export interface RequestCount {
  /** With the one that was just counted. */
  readonly total: number;
  /** When the window ends: epoch milliseconds, by this process's clock. */
  readonly resetsAt: number;
}
