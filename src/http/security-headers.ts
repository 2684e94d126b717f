import type { RequestHandler } from 'express';
import helmet, { contentSecurityPolicy, hsts } from 'helmet';

/** Nothing that the API sends may run or be framed. */
const dataPolicy = { defaultSrc: ["'none'"], frameAncestors: ["'none'"] };

/** Pages load this server's own scripts, styles and images, and talk to it; nothing inline, nothing else. */
const pagePolicy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'"],
  connectSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

/** Headers of every response. The files that other sites load say so themselves. */
export const securityHeaders: RequestHandler = helmet({
  contentSecurityPolicy: { useDefaults: false, directives: dataPolicy },
  crossOriginResourcePolicy: { policy: 'same-origin' },
  frameguard: { action: 'deny' },
  referrerPolicy: { policy: 'no-referrer' },
  // Sent only where it is known that the client came by https, see below.
  hsts: false,
});

/** Headers of pages, in place of those of data. */
export const pageSecurityHeaders: RequestHandler = contentSecurityPolicy({
  useDefaults: false,
  directives: pagePolicy,
});

const strictTransport: RequestHandler = hsts({ maxAge: 31_536_000, includeSubDomains: false });

/** Tells browsers to come by https from now on, where a trusted proxy says that they did. */
export const transportSecurity: RequestHandler = (request, response, next) => {
  if (request.secure) strictTransport(request, response, next);
  else next();
};
