import { type Request, type RequestHandler, Router } from 'express';

import type { Assistant } from '../../domain/assistant.ts';
import { unlessUnusable } from '../../domain/errors.ts';
import { scoped } from '../call-scope.ts';
import { mustAccept, onlyMethods } from '../responses.ts';
import { articlePageQuerySchema, cursorAfter } from '../schemas-articles.ts';
import { articleQuerySchema, idOf, versionQuerySchema } from '../schemas.ts';

export interface ArticleRoutesOptions {
  readonly assistant: Pick<Assistant, 'articles' | 'article' | 'copyGroup' | 'passage'>;
  readonly timeoutMs: number;
}

/** `GET /api/articles`, `/api/articles/:id` and `/api/passages/:id`: what answers are made from. */
export function createArticleRoutes({ assistant, timeoutMs }: ArticleRoutesOptions): Router {
  const reading = (read: (request: Request) => Promise<unknown>) =>
    scoped(timeoutMs, async (request, response, scope) => {
      response.set('cache-control', 'no-cache').json(await scope.race(read(request)));
    });
  const resources: Readonly<Record<string, RequestHandler>> = {
    '/api/articles': reading(async ({ query }) => listing(assistant, query)),
    '/api/articles/:id': reading(async ({ params, query }) =>
      articleWithCopies(assistant, idOf(params, 'article'), versionQuerySchema.parse(query)),
    ),
    '/api/passages/:id': reading(async ({ params }) => assistant.passage(idOf(params, 'passage'))),
  };

  const router = Router();
  for (const [path, handler] of Object.entries(resources)) {
    router.route(path).get(mustAccept('application/json'), handler).all(onlyMethods('GET'));
  }
  return router;
}

async function articleWithCopies(
  assistant: Pick<Assistant, 'article' | 'copyGroup'>,
  id: string,
  options: Parameters<Assistant['article']>[1],
) {
  const article = await assistant.article(id, options);
  // Groups are of the versions that are indexed.
  // A version that a stored answer quotes is there without an index.
  const copies = await unlessUnusable(assistant.copyGroup(id));
  const isMember = [copies?.leader, ...(copies?.others ?? [])].some(
    (member) => member?.id === id && member.version === article.version,
  );
  return { ...article, ...(isMember && { copies }) };
}

async function listing(assistant: Pick<Assistant, 'articles'>, query: unknown) {
  const filters = articleQuerySchema.parse(query);
  const page = articlePageQuerySchema.parse(query);
  if (!page) return { articles: await assistant.articles(filters) };
  // One more than asked for tells whether there is another page.
  const found = await assistant.articles(filters, { ...page, limit: page.limit + 1 });
  const shown = found.slice(0, page.limit);
  const last = shown.at(-1);
  return { articles: shown, ...(last && found.length > shown.length && { nextCursor: cursorAfter(last) }) };
}
