/** `value` as an absolute `http(s)` URL, or `undefined`. */
export function httpUrl(value: string): string | undefined {
  const text = value.trim();
  if (!/^https?:\/\//iu.test(text) || !URL.canParse(text)) return undefined;
  return new URL(text).href;
}

/** The host name of a URL without `www.`. */
export function hostName(url: string): string {
  return new URL(url).hostname.replace(/^www\./u, '');
}

/** Longest address that is kept, in UTF-16 code units. */
const maxUrlLength = 4_000;

/**
 * The address that a page gives as its own, resolved against the one that it was fetched from.
 *
 * @param fetched - accepted is then only an address of the same host, with or without `www.`, so that no page can pass
 * itself off as one of another site.
 */
export function ownUrl(value: string, fetched?: string): string | undefined {
  const text = value.trim();
  if (text === '' || text.length > maxUrlLength) return undefined;
  if (fetched === undefined) return httpUrl(text);
  if (!URL.canParse(text, fetched)) return undefined;
  const url = httpUrl(new URL(text, fetched).href);
  return url !== undefined && hostName(url) === hostName(fetched) ? url : undefined;
}
