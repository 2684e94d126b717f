import { Router } from 'express';

import type { Assistant } from '../../domain/assistant.ts';
import { type Language, languages } from '../../domain/language.ts';
import { scoped } from '../call-scope.ts';
import { type ChatPageOptions, renderChatPage } from '../pages/chat-page.ts';
import { onlyMethods } from '../responses.ts';
import { pageSecurityHeaders } from '../security-headers.ts';
import { createAssetRoutes } from './assets.ts';

export interface PageRoutesOptions {
  readonly assistant: Pick<Assistant, 'suggestions'>;
  /** In place of the assistant's suggestions. */
  readonly exampleQuestions: Readonly<Partial<Record<Language, readonly string[]>>>;
  readonly limits: ChatPageOptions['limits'];
  readonly timeoutMs: number;
}

/** `GET /`: the chat page, in the language of `?lang=` or of the browser; `/assets/…`: its files. */
export function createPageRoutes(options: PageRoutesOptions): Router {
  const { assistant, exampleQuestions, limits, timeoutMs } = options;
  const router = Router();
  router
    .route('/')
    .get(
      pageSecurityHeaders,
      scoped(timeoutMs, async (request, response, scope) => {
        const accepted = request.acceptsLanguages([...languages]);
        const language = supported(request.query['lang']) ?? supported(accepted) ?? 'en';
        // The page is of use without suggestions, and says itself what is wrong with the first question.
        const suggested = () => scope.race(assistant.suggestions(language)).catch(() => []);
        const questions = exampleQuestions[language] ?? (await suggested());
        response
          .set({ 'cache-control': 'no-cache', 'content-language': language, vary: 'Accept-Language' })
          .type('html')
          .send(renderChatPage({ language, exampleQuestions: questions, limits }));
      }),
    )
    .all(onlyMethods('GET'));
  router.use(createAssetRoutes());
  return router;
}

function supported(code: unknown): Language | undefined {
  return languages.find((language) => language === code);
}
