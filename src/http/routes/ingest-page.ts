import { Router } from 'express';

import { renderAdminPage } from '../pages/admin-page.ts';
import { pageContext } from '../pages/page-context.ts';
import { onlyMethods } from '../responses.ts';
import type { UploadOptions } from '../uploads/receive-files.ts';

/** As for other pages, but that it shows originals in frames, which are sandboxed and may load nothing. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  'frame-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** `GET /admin`: the page of those who look after the articles. It holds nothing that needs a key: its script asks for that. */
export function createIngestPageRoutes(uploads: UploadOptions): Router {
  const router = Router();
  router
    .route('/admin')
    .get((request, response) => {
      const context = pageContext(request);
      response
        .vary('Accept-Language')
        .set({
          'cache-control': 'no-cache',
          'content-language': context.language,
          'content-security-policy': policy,
        })
        .type('html')
        .send(renderAdminPage(context, uploads));
    })
    .all(onlyMethods('GET'));
  return router;
}
