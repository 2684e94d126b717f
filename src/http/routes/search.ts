import { type RequestHandler, Router } from 'express';

import type { Assistant } from '../../domain/assistant.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { scoped } from '../call-scope.ts';
import { mustAccept, onlyMethods } from '../responses.ts';
import type { createRequestSchemas } from '../schemas.ts';

export interface SearchRoutesOptions {
  readonly assistant: Pick<Assistant, 'search'>;
  readonly schema: ReturnType<typeof createRequestSchemas>['search'];
  /** Puts the parsed JSON into `request.body`. */
  readonly readBody: RequestHandler[];
  readonly timeoutMs: number;
}

/** `POST /api/search`: the passages nearest to a query, best first. */
export function createSearchRoutes({ assistant, schema, readBody, timeoutMs }: SearchRoutesOptions): Router {
  const router = Router();
  router
    .route('/api/search')
    .post(
      mustAccept('application/json'),
      readBody,
      scoped(timeoutMs, async (request, response, scope) => {
        const query = schema.parse(request.body);
        const evidence = await scope.race(assistant.search(query, { signal: scope.signal }));
        response.set('cache-control', 'no-store').json({ results: evidence.map(searchResult) });
      }),
    )
    .all(onlyMethods('POST'));
  return router;
}

function searchResult({ passage, article, score, text }: Evidence) {
  return {
    articleId: article.id,
    articleVersion: article.version,
    passageId: passage.id,
    title: article.title,
    language: article.language,
    publishedAt: article.publishedAt,
    publisher: article.publisher,
    score,
    text,
    source: { start: passage.start, end: passage.end },
  };
}
