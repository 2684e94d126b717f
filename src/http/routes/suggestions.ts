import { Router } from 'express';
import { z } from 'zod';

import type { Assistant } from '../../domain/assistant.ts';
import { languages } from '../../domain/language.ts';
import { scoped } from '../call-scope.ts';
import { mustAccept, onlyMethods } from '../responses.ts';

/** The query parameters of `GET /api/suggestions`. */
export const suggestionsQuerySchema = z.object({ lang: z.enum(languages).exactOptional() });

export interface SuggestionRoutesOptions {
  readonly assistant: Pick<Assistant, 'suggestions'>;
  readonly timeoutMs: number;
}

/** `GET /api/suggestions`: questions that the articles answer, in the language of `?lang=` or of the browser. */
export function createSuggestionRoutes({ assistant, timeoutMs }: SuggestionRoutesOptions): Router {
  const router = Router();
  router
    .route('/api/suggestions')
    .get(
      mustAccept('application/json'),
      scoped(timeoutMs, async (request, response, scope) => {
        const { lang } = suggestionsQuerySchema.parse(request.query);
        const accepted = request.acceptsLanguages([...languages]);
        const language = lang ?? languages.find((known) => known === accepted) ?? 'en';
        const suggestions = await scope.race(assistant.suggestions(language));
        response
          .vary('Accept-Language')
          .set({ 'cache-control': 'no-cache', 'content-language': language })
          .json({ suggestions });
      }),
    )
    .all(onlyMethods('GET'));
  return router;
}
