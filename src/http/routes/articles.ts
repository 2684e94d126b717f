import { type Request, type RequestHandler, Router } from 'express';

import type { Assistant } from '../../assistant.ts';
import { scoped } from '../call-scope.ts';
import { mustAccept, onlyMethods } from '../responses.ts';
import { articleQuerySchema, idOf, versionQuerySchema } from '../schemas.ts';

export interface ArticleRoutesOptions {
  readonly assistant: Pick<Assistant, 'articles' | 'article' | 'passage'>;
  readonly timeoutMs: number;
}

/** `GET /api/articles`, `/api/articles/:id` and `/api/passages/:id`: what answers are made from. */
export function createArticleRoutes({ assistant, timeoutMs }: ArticleRoutesOptions): Router {
  const reading = (read: (request: Request) => Promise<unknown>) =>
    scoped(timeoutMs, async (request, response, scope) => {
      response.set('cache-control', 'no-cache').json(await scope.race(read(request)));
    });
  const resources: Readonly<Record<string, RequestHandler>> = {
    '/api/articles': reading(async ({ query }) => ({
      articles: await assistant.articles(articleQuerySchema.parse(query)),
    })),
    '/api/articles/:id': reading(async ({ params, query }) =>
      assistant.article(idOf(params, 'article'), versionQuerySchema.parse(query)),
    ),
    '/api/passages/:id': reading(async ({ params }) => assistant.passage(idOf(params, 'passage'))),
  };

  const router = Router();
  for (const [path, handler] of Object.entries(resources)) {
    router.route(path).get(mustAccept('application/json'), handler).all(onlyMethods('GET'));
  }
  return router;
}
