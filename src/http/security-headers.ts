import type { RequestHandler } from 'express';

const common = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};

/** Nothing that the API sends may run or be framed. */
const dataPolicy = "default-src 'none'; frame-ancestors 'none'";

/** Pages load this server's own scripts, styles and images, and talk to it; nothing inline, nothing else. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers of every response. */
export const securityHeaders: RequestHandler = (_request, response, next) => {
  response.set({ ...common, 'content-security-policy': dataPolicy });
  next();
};

/** Headers of pages, in place of those of data. */
export const pageSecurityHeaders: RequestHandler = (_request, response, next) => {
  response.set('content-security-policy', pagePolicy);
  next();
};
