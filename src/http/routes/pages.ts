import { join } from 'node:path';

import { Router } from 'express';

import { projectRoot } from '../../config.ts';
import { type Language, languages } from '../../domain/language.ts';
import { type ChatPageOptions, renderChatPage } from '../pages/chat-page.ts';
import { notFound, onlyMethods } from '../responses.ts';
import { pageSecurityHeaders } from '../security-headers.ts';

// The compiler writes the scripts to dist/widget and leaves the rest where it is, so the two kinds of files are
// found in two folders, whether this file itself runs from src or from dist.
const scripts = join(projectRoot, 'dist', 'widget');
const styles = join(projectRoot, 'src', 'widget');

export interface PageRoutesOptions {
  readonly exampleQuestions: Readonly<Partial<Record<Language, readonly string[]>>>;
  readonly limits: ChatPageOptions['limits'];
}

/** `GET /`: the chat page, in the language of `?lang=` or of the browser; `/assets/…`: its files. */
export function createPageRoutes({ exampleQuestions, limits }: PageRoutesOptions): Router {
  const router = Router();
  router
    .route('/')
    .get(pageSecurityHeaders, (request, response) => {
      const accepted = request.acceptsLanguages([...languages]);
      const language = supported(request.query['lang']) ?? supported(accepted) ?? 'en';
      response
        .set({ 'cache-control': 'no-cache', 'content-language': language, vary: 'Accept-Language' })
        .type('html')
        .send(renderChatPage({ language, exampleQuestions: exampleQuestions[language] ?? [], limits }));
    })
    .all(onlyMethods('GET'));
  router
    .route('/assets/:name')
    .get((request, response, next) => {
      const { name } = request.params;
      const folder = folderOf(name);
      if (folder === undefined) notFound(request, response, next);
      else
        response.sendFile(name, {
          root: folder,
          cacheControl: false,
          headers: { 'cache-control': 'no-cache' },
        });
    })
    .all(onlyMethods('GET'));
  return router;
}

// Only plain names get through, so no path can leave the folders.
function folderOf(name: string): string | undefined {
  if (/^[a-z][a-z0-9-]*\.js$/u.test(name)) return scripts;
  return /^[a-z][a-z0-9-]*\.(?:css|svg)$/u.test(name) ? styles : undefined;
}

function supported(code: unknown): Language | undefined {
  return languages.find((language) => language === code);
}
