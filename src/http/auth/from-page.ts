import type { Request } from 'express';

/**
 * Whether a browser says that a page of this server, or of an allowed origin, makes the request (Fetch standard, `Origin`;
 * Fetch Metadata, `Sec-Fetch-Site`). Programs can say so too: this keeps other sites out, and limits keep programs in bounds.
 */
export function isFromPage(request: Request, allowedOrigins: ReadonlySet<string>): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (origin === undefined) return site === 'same-origin';
  if (allowedOrigins.has('*') || allowedOrigins.has(origin)) return true;
  if (!URL.canParse(origin)) return false;
  // Without the scheme, which a proxy in front may have changed.
  const { host } = new URL(origin);
  return host !== '' && (host === request.headers.host || host === request.host);
}
