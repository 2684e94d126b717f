import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Router } from 'express';
import { z } from 'zod';

import { projectRoot } from '../../config.ts';
import { createDocument } from '../openapi/document.ts';
import { apiOperations } from '../openapi/operations.ts';
import { readDocument } from '../openapi/read-document.ts';
import { renderDocsContent, renderDocsPage } from '../pages/docs-page.ts';
import { pageContext, type PageContext } from '../pages/page-context.ts';
import { mustAccept, onlyMethods } from '../responses.ts';
import type { RequestLimits } from '../schemas.ts';
import { pageSecurityHeaders } from '../security-headers.ts';

const packageSchema = z.object({ version: z.string() });

/** The compiler leaves the styles beside the sources. */
const styles = join(projectRoot, 'src', 'http', 'pages');

/** `GET /openapi.json`: the API for programs; `GET /docs`: the same for people. */
export function createDocsRoutes({ limits }: { limits: RequestLimits }): Router {
  // Made with the first request, and then kept: no server needs it to answer questions.
  let made: ReturnType<typeof make> | undefined;
  const described = () => (made ??= make(limits));
  /** By the links in it, which differ with the language that the reader has chosen. */
  const contents = new Map<string, ReturnType<typeof renderDocsContent>>();
  const contentFor = (context: PageContext) => {
    const key = context.link('openapi.json');
    const content = contents.get(key) ?? renderDocsContent(context, described().read);
    contents.set(key, content);
    return content;
  };

  const router = Router();
  router
    .route('/openapi.json')
    .get(mustAccept('application/json'), (_request, response) => {
      response.set('cache-control', 'no-cache').type('json').send(described().text);
    })
    .all(onlyMethods('GET'));
  router
    .route('/docs')
    .get(pageSecurityHeaders, (request, response) => {
      const context = pageContext(request);
      response
        .set({ 'cache-control': 'no-cache', 'content-language': context.language, vary: 'Accept-Language' })
        .type('html')
        .send(renderDocsPage(context, contentFor(context)));
    })
    .all(onlyMethods('GET'));
  router
    .route('/assets/docs.css')
    .get((_request, response) => {
      const headers = { 'cache-control': 'no-cache' };
      response.sendFile('docs.css', { root: styles, cacheControl: false, headers });
    })
    .all(onlyMethods('GET'));
  return router;
}

function make(limits: RequestLimits) {
  const { version } = packageSchema.parse(
    JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')),
  );
  const document = createDocument(apiOperations(limits), version);
  return { text: JSON.stringify(document), read: readDocument(document) };
}
