/** `address` when a browser can follow it as a link to a web page; `undefined` for every other scheme. */
export function safeUrl(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  try {
    const url = new URL(address);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
  } catch {
    return undefined;
  }
}
