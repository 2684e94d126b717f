/** Parameters that say where a reader came from; the page is the same without them. */
const tracking =
  /^(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_cid|mc_eid|_ga|_gl|zarsrc|vero_id|mkt_tok)$/iu;

/** `address` without what does not tell pages apart: the fragment and parameters for tracking. */
export function plainAddress(address: string): string {
  const url = new URL(address);
  url.hash = '';
  url.hostname = url.hostname.replace(/\.+$/u, '');
  const parameters = url.search.slice(1).split('&');
  const kept = parameters.filter((parameter) => !tracking.test(parameter.split('=', 1)[0] ?? ''));
  // Cut out by hand: writing the parameters anew would spell the others differently.
  if (kept.length < parameters.length) url.search = kept.join('&');
  return url.href;
}

/**
 * The address under which a page is kept.
 *
 * What the page declares counts only within its own host: a page must not take the place of somebody else's. A declared
 * front page is not believed of other pages either: sites whose every page declares it would shrink to one.
 *
 * @param url - where the page was found, after redirects.
 * @param declared - of `<link rel="canonical">` and the `Link` header, as written, in the order of belief.
 */
export function canonicalAddress(url: string, declared: readonly (string | undefined)[]): string {
  const here = new URL(url);
  for (const link of declared) {
    if (link === undefined || link.trim() === '' || !URL.canParse(link, url)) continue;
    const target = new URL(link.trim(), url);
    const isWeb = target.protocol === 'https:' || target.protocol === 'http:';
    const isFront = target.pathname === '/' && target.search === '' && here.pathname !== '/';
    if (isWeb && target.host === here.host && target.username === '' && !isFront)
      return plainAddress(target.href);
  }
  return plainAddress(url);
}

/** The target of `rel=canonical` in a `Link` header (RFC 8288). */
export function canonicalLink(header: string | undefined): string | undefined {
  for (const link of (header ?? '').slice(0, 8_000).split(/,(?=\s*<)/u)) {
    const [, target, parameters = ''] = /^\s*<([^>]*)>(.*)$/u.exec(link) ?? [];
    if (/;\s*rel\s*=\s*"?(?:[\w-]+ )*canonical\b/iu.test(parameters)) return target;
  }
  return undefined;
}
