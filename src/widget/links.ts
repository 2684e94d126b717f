/**
 * `address` as an absolute URL where it is a web page, with its text fragment if it has one; otherwise undefined.
 * An article's metadata can hold any address: only web pages are linked, never `javascript:`.
 *
 * @param base - what a relative address is relative to; without it, relative addresses are none.
 */
export function webAddress(address: string | undefined, base?: string): string | undefined {
  if (address === undefined || !URL.canParse(address, base)) return undefined;
  const { protocol, href } = new URL(address, base);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}

/** A path of the API, such as `/articles/x?cite=1-2`, on the server at `endpoint`, which may itself have a path. */
export function onServer(path: string, endpoint: string): string | undefined {
  return webAddress(path.replace(/^\/+/u, ''), endpoint.replace(/\/*$/u, '/'));
}
