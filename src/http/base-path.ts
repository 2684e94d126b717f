import type { RequestHandler } from 'express';

/**
 * Serves everything below `basePath` (such as `/footnote`) too, for a proxy that passes its prefix on. Pages link
 * relatively, so without the prefix all works as before: for probes, and for proxies that remove it.
 */
export function withBasePath(basePath: string): RequestHandler {
  return (request, response, next) => {
    const { url } = request;
    const rest = url.slice(basePath.length);
    if (!url.startsWith(basePath) || !/^(?:[/?]|$)/u.test(rest)) return next();
    // Without the slash at its end, relative links would lead out of the prefix.
    if (!rest.startsWith('/')) return response.redirect(308, `${basePath}/${rest}`);
    request.url = rest;
    // What is addressed is told apart by it.
    request.originalUrl = rest;
    next();
  };
}
