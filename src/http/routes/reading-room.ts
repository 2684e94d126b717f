import { join } from 'node:path';

import { type ErrorRequestHandler, type Request, type Response, Router } from 'express';

import { projectRoot } from '../../config.ts';
import type { ArticleSummary, CopyGroup } from '../../domain/article.ts';
import type { Assistant } from '../../domain/assistant.ts';
import { FootnoteError } from '../../domain/errors.ts';
import { type CallScope, scoped } from '../call-scope.ts';
import { type FailureReporter, setRetryAfter } from '../error-handler.ts';
import { renderAnswerPage } from '../pages/answer-page.ts';
import { renderArticlePage } from '../pages/article-page.ts';
import { type ListedArticle, renderArticlesPage, shownArticles } from '../pages/articles-page.ts';
import { renderFailurePage, renderNotFoundPage, type Sought } from '../pages/error-page.ts';
import { findReading } from '../pages/find-reading.ts';
import { foundArticles } from '../pages/found-articles.ts';
import { readListQuery } from '../pages/list-query.ts';
import { type PageContext, pageContext } from '../pages/page-context.ts';
import { onlyMethods } from '../responses.ts';
import { idOf } from '../schemas.ts';

/** The styles of all pages stand beside them; the compiler leaves them where they are. */
const styles = join(projectRoot, 'src', 'http', 'pages');

/** As for other pages, but that forms may be sent to this server. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Passages of a search: as many as it gives, so that many articles are found. */
const searchedPassages = 50;

export interface ReadingRoomOptions {
  readonly assistant: Pick<
    Assistant,
    'articles' | 'article' | 'copyGroup' | 'search' | 'storedAnswer' | 'verifyAnswer'
  >;
  /** Characters of a search. */
  readonly questionLength: number;
  readonly timeoutMs: number;
  readonly report: FailureReporter;
}

type Render = (request: Request, context: PageContext, scope: CallScope) => Promise<string | Missing>;

/** What a page says instead of what was sought. */
interface Missing {
  readonly missing: Sought;
  readonly present?: string;
}

/**
 * The reading room: `GET /articles`, `/articles/:id` and `/answers/:id`, `POST /answers/:id/verify`; and, for people,
 * a page in place of what does not exist. `/assets/pages.css` are its styles.
 */
export function createReadingRoomRoutes(options: ReadingRoomOptions): Router {
  const { assistant, questionLength, timeoutMs, report } = options;
  const page = (sought: Sought, cacheControl: string, render: Render) =>
    scoped(timeoutMs, async (request, response, scope) => {
      const context = pageContext(request);
      const found = await render(request, context, scope).catch(missingInstead(sought));
      if (typeof found === 'string') sendPage(response, context, { cacheControl, markup: found });
      else sendMissing(response, context, found);
    });

  const router = Router();
  router
    .route('/articles')
    .get(
      page('page', 'no-cache', async (request, context, scope) => {
        const { query, filters, ignored } = readListQuery(request.query, questionLength);
        const all = await scope.race(assistant.articles());
        const listed = await (async (): Promise<readonly ListedArticle[]> => {
          // An order that nothing can meet, or a search that cannot be made, finds nothing.
          if (ignored.includes('order') || ignored.includes('question')) return [];
          if (query.question === '') return scope.race(assistant.articles(filters));
          const evidence = await scope.race(
            assistant.search(
              { query: query.question, filters, topK: searchedPassages },
              { signal: scope.signal },
            ),
          );
          return foundArticles(evidence, query.question).map(({ article, sentence }) => ({
            ...article,
            ...lengthOf(all, article.id),
            found: sentence,
          }));
        })();
        const copies = await scope.race(copiesOf(assistant, shownArticles(listed, query).shown));
        return renderArticlesPage(context, { query, ignored, listed, copies, all, questionLength });
      }),
    )
    .all(onlyMethods('GET'));
  router
    .route('/articles/:id')
    .get(
      page('article', 'no-cache', async ({ params, query }, context, scope) => {
        const id = idOf(params, 'article');
        const [version] = strings(query['version']);
        const [answerId] = strings(query['answer']);
        const reading = await scope.race(
          findReading(assistant, {
            id,
            cites: strings(query['cite']),
            ...(version !== undefined && { version }),
            ...(answerId !== undefined && { answerId }),
          }),
        );
        if (reading) return renderArticlePage(context, reading);
        if (version === undefined) return { missing: 'article' };
        const present = context.link(`articles/${encodeURIComponent(id)}`);
        return scope
          .race(assistant.article(id))
          .then(() => ({ missing: 'version', present }), missingInstead('article'));
      }),
    )
    .all(onlyMethods('GET'));
  router
    .route('/answers/:id')
    .get(
      page('answer', 'no-cache', async ({ params }, context, scope) => {
        const answer = await scope.race(assistant.storedAnswer(idOf(params, 'stored answer')));
        return renderAnswerPage(context, answer);
      }),
    )
    .all(onlyMethods('GET'));
  router
    .route('/answers/:id/verify')
    .post(
      page('answer', 'no-store', async ({ params }, context, scope) => {
        const id = idOf(params, 'stored answer');
        const answer = await scope.race(assistant.storedAnswer(id));
        return renderAnswerPage(context, answer, await scope.race(assistant.verifyAnswer(id)));
      }),
    )
    // Whoever comes back to the result's address gets the answer, from which it can be checked again.
    .get((request, response) => {
      const id = idOf(request.params, 'stored answer');
      response.redirect(303, pageContext(request).link(`answers/${encodeURIComponent(id)}`));
    })
    .all(onlyMethods('GET', 'POST'));
  router
    .route('/assets/pages.css')
    .get((_request, response) => {
      const headers = { 'cache-control': 'no-cache' };
      response.sendFile('pages.css', { root: styles, cacheControl: false, headers });
    })
    .all(onlyMethods('GET'));
  router.use(failurePage(report));
  return router;
}

/** A page for people in place of one that does not exist; programs are told by the next handler. */
export function notFoundPage(request: Request, response: Response, next: () => void): void {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const isForPeople =
    !/^\/(?:api|assets)\//u.test(request.path) &&
    request.accepts(['application/problem+json', 'html']) === 'html';
  if (isRead && isForPeople) sendMissing(response, pageContext(request), { missing: 'page' });
  else next();
}

function failurePage(report: FailureReporter): ErrorRequestHandler {
  // Express knows error handlers by their four parameters.
  return (error: unknown, request, response, next) => {
    if (response.closed) return;
    if (response.headersSent || request.accepts('html') === false) return next(error);
    const context = pageContext(request);
    const { status, instance } = report(error, request);
    // What is refused for a moment is not missing.
    if (instance === undefined && status !== 429) return sendMissing(response, context, { missing: 'page' });
    setRetryAfter(response, error);
    const markup = renderFailurePage(context, status, instance);
    sendPage(response.status(status), context, { cacheControl: 'no-store', markup });
  };
}

function missingInstead(missing: Sought): (error: unknown) => Missing {
  return (error) => {
    if (error instanceof FootnoteError && error.code === 'not-found') return { missing };
    throw error;
  };
}

function sendMissing(response: Response, context: PageContext, { missing, present }: Missing): void {
  const markup = renderNotFoundPage(context, missing, present);
  sendPage(response.status(404), context, { cacheControl: 'no-store', markup });
}

// Express adds the ETag, and answers 304 where the client has the page already.
function sendPage(
  response: Response,
  { language }: PageContext,
  { cacheControl, markup }: { cacheControl: string; markup: string },
): void {
  response
    .vary('Accept-Language')
    .set({
      'cache-control': cacheControl,
      'content-language': language,
      'content-security-policy': policy,
    })
    .type('html')
    .send(markup);
}

function strings(value: unknown): string[] {
  return [value].flat().filter((item) => typeof item === 'string');
}

async function copiesOf(
  assistant: Pick<Assistant, 'copyGroup'>,
  articles: readonly ListedArticle[],
): Promise<ReadonlyMap<string, CopyGroup>> {
  const groups = await Promise.all(
    articles.map(async ({ id }) => ({ id, group: await assistant.copyGroup(id) })),
  );
  return new Map(groups.flatMap(({ id, group }) => (group ? [[id, group] as const] : [])));
}

function lengthOf(all: readonly ArticleSummary[], id: string): Pick<ListedArticle, 'length'> {
  const length = all.find((article) => article.id === id)?.length;
  return length === undefined ? {} : { length };
}
