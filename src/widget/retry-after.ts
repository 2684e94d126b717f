/** An hour: whoever is told to wait longer may as well try before. */
const longestWait = 3_600;

/**
 * The waiting time that a `Retry-After` header (RFC 9110, section 10.2.3) states, in whole seconds from `now`
 * (milliseconds since 1970); undefined where there is none.
 */
export function parseRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  const seconds = /^\s*\d+\s*$/u.test(value) ? Number(value) : (Date.parse(value) - now) / 1_000;
  if (Number.isNaN(seconds)) return undefined;
  return Math.min(longestWait, Math.max(0, Math.ceil(seconds)));
}
