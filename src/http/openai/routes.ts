import { type RequestHandler, Router } from 'express';

import type { RequestLimits } from '../../conversation/request-schemas.ts';
import type { Assistant } from '../../domain/assistant.ts';
import { notFound } from '../responses.ts';
import { createChatCompletionRoutes } from './chat-completion-routes.ts';
import { createModelRoutes } from './model-routes.ts';
import { createResponseRoutes } from './response-routes.ts';
import type { AnswerRunner } from './run-answer.ts';

export interface OpenAiRoutesOptions extends AnswerRunner {
  readonly assistant: Pick<Assistant, 'answer' | 'storedAnswer' | 'generation'>;
  readonly limits: RequestLimits & { readonly answerTimeoutMs: number };
  /** Puts the parsed JSON into `request.body`. */
  readonly readBody: RequestHandler[];
  /** What a proxy puts before the addresses of this server, such as `/footnote`. Nothing by default. */
  readonly basePath?: string;
}

/** What OpenAI's clients speak, under `/v1`: chat completions, responses and models. */
export function createOpenAiRoutes(options: OpenAiRoutesOptions): Router {
  const router = Router();
  router.use(createChatCompletionRoutes(options), createResponseRoutes(options), createModelRoutes(options));
  // People who look around here are told in the same shape as programs.
  router.use('/v1', notFound);
  return router;
}
