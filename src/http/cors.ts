import type { RequestHandler } from 'express';

/** How long a browser need not ask again, in seconds: the longest that any of them heeds. */
const maxAge = '86400';

/** Headers that pages may read. */
const readable = `etag, retry-after, content-language, location, idempotency-replayed, x-request-id, \
ratelimit, ratelimit-policy, www-authenticate`;

/** Headers that pages may send. */
const sendable = `accept, authorization, content-type, idempotency-key, if-none-match, last-event-id, \
x-api-key, x-request-id, mcp-protocol-version`;

/**
 * Lets pages of `allowedOrigins` (`*` is every one) use the API, as the Fetch standard's CORS protocol has it; the pages
 * of this server stay its own. No cookies are involved, so none are allowed.
 */
export function createCors(allowedOrigins: readonly string[]): RequestHandler {
  const allowed = new Set(allowedOrigins);
  const isOpen = allowed.has('*');
  return (request, response, next) => {
    if (!/^\/(?:(?:api|v1)\/|mcp$)/u.test(request.path)) return next();
    // Caches must not hand one site's answer to another.
    if (!isOpen) response.vary('Origin');
    const { origin } = request.headers;
    const isAllowed = origin !== undefined && (isOpen || allowed.has(origin));
    if (isAllowed) {
      response.set({
        'access-control-allow-origin': isOpen ? '*' : origin,
        'access-control-expose-headers': readable,
      });
    }
    const isPreflight =
      request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
    if (!isAllowed || !isPreflight) return next();
    response
      .status(204)
      .set({
        'access-control-allow-methods': 'GET, HEAD, POST, DELETE',
        'access-control-allow-headers': sendable,
        'access-control-max-age': maxAge,
      })
      .end();
  };
}
