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
