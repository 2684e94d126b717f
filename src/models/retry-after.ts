/**
 * What `Retry-After` says, seconds or a date (RFC 9110, 10.2.3), as milliseconds from now; `undefined` where it says nothing
 * that lies ahead.
 */
export function retryAfterMs(headers: Headers | undefined): number | undefined {
  const value = headers?.get('retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  const ms = /^\d+$/u.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return ms > 0 ? ms : undefined;
}
