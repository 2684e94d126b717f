import type { Request, RequestHandler, Response } from 'express';

import { covers } from '../../domain/api-key.ts';
import { FootnoteError } from '../../domain/errors.ts';
import { type AccessRule, accessRule } from './access-table.ts';
import { callerOf, setCaller } from './callers.ts';
import { isFromPage } from './from-page.ts';

/** Who is let in. */
export interface AccessPolicy {
  /** Whether requests need a key. */
  readonly required: boolean;
  /** Whether readers of the widget and the pages need none nevertheless. */
  readonly widgetPublic: boolean;
  readonly allowedOrigins: readonly string[];
}

const realm = 'Bearer realm="Footnote"';

/** Lets requests through as the access table says. @throws FootnoteError `unauthorized`, `forbidden` */
export function authorizeCallers({ required, widgetPublic, allowedOrigins }: AccessPolicy): RequestHandler {
  const origins = new Set(allowedOrigins);
  const isOpen = (request: Request, { isPublic, kind }: AccessRule) =>
    widgetPublic && isPublic && (kind === 'page' || isFromPage(request, origins));
  return (request, response, next) => {
    const rule = accessRule(request.method, request.path);
    // `OPTIONS` only tells which methods there are.
    if (rule.scopes.length === 0 || request.method === 'OPTIONS') return next();
    const { key, hasBadKey } = callerOf(request);
    if (hasBadKey)
      throw unauthorized(response, 'This API key is unknown, revoked or expired.', 'invalid_token');
    if (key) {
      const missing = rule.scopes.filter((scope) => !covers(key, scope));
      if (missing.length === 0) return next();
      response.set('www-authenticate', `${realm}, error="insufficient_scope", scope="${missing.join(' ')}"`);
      throw new FootnoteError('forbidden', `This needs an API key with the scope ${missing.join(' and ')}.`);
    }
    if (!required) return next();
    if (!isOpen(request, rule)) {
      throw unauthorized(response, 'This needs an API key: send it as "Authorization: Bearer <key>".');
    }
    setCaller(request, { isPublic: true });
    next();
  };
}

/**
 * Behind the body parser of a route for questions: readers without a key get strict answers only, in which nothing
 * stands that no quotation bears. @throws FootnoteError `unauthorized`
 */
export const publicMustBeStrict: RequestHandler = (request, response, next) => {
  const body: unknown = request.body;
  const isStrict = typeof body === 'object' && body !== null && 'strict' in body && body.strict === true;
  if (isStrict || !callerOf(request).isPublic) return next();
  throw unauthorized(response, 'Without an API key, questions must be put with "strict": true.');
};

function unauthorized(response: Response, message: string, error?: 'invalid_token'): FootnoteError {
  response.set('www-authenticate', error === undefined ? realm : `${realm}, error="${error}"`);
  return new FootnoteError('unauthorized', message);
}
