import express from 'express';

import type { Assistant } from '../assistant.ts';
import type { Config } from '../config.ts';
import type { Language } from '../domain/language.ts';
import { createCors } from './cors.ts';
import { createErrorHandler, createFailureReporter, type OnError } from './error-handler.ts';
import { notFound, readJson } from './responses.ts';
import { createAnswerRoutes } from './routes/answers.ts';
import { createArticleRoutes } from './routes/articles.ts';
import { createHealthRoutes } from './routes/health.ts';
import { createPageRoutes } from './routes/pages.ts';
import { createReadingRoomRoutes, notFoundPage } from './routes/reading-room.ts';
import { createSearchRoutes } from './routes/search.ts';
import { createStoredAnswerRoutes } from './routes/stored-answers.ts';
import { createSuggestionRoutes } from './routes/suggestions.ts';
import { createRequestSchemas } from './schemas.ts';
import { securityHeaders } from './security-headers.ts';

export interface AppOptions {
  readonly assistant: Omit<Assistant, 'close'>;
  readonly limits: Omit<Config['limits'], 'shutdownTimeoutMs'>;
  /** Told of every failure that is the server's; callers see none of its details. */
  readonly onError?: OnError;
  /** Origins of other sites whose pages may use the API; `*` is every one. None by default. */
  readonly allowedOrigins?: readonly string[];
  /** Questions that the chat page suggests in place of the assistant's suggestions, by the language of the page. */
  readonly exampleQuestions?: Readonly<Partial<Record<Language, readonly string[]>>>;
  /** Milliseconds between two comments in a quiet event stream. */
  readonly heartbeatMs?: number;
}

/** Footnote over HTTP: the answer API, the articles behind it, health probes and the chat page. */
export function createApp(options: AppOptions): express.Express {
  const {
    assistant,
    limits,
    onError = () => undefined,
    allowedOrigins = [],
    exampleQuestions = {},
    heartbeatMs = 15_000,
  } = options;
  const { bodyBytes, answerTimeoutMs } = limits;
  const schemas = createRequestSchemas(limits);
  const readBody = readJson(bodyBytes);
  const report = createFailureReporter(onError);

  const app = express();
  app.disable('x-powered-by');
  // Should a handler of ours ever fail, Express itself must not print a stack trace to the caller.
  app.set('env', 'production');
  app.use(securityHeaders, createCors(allowedOrigins));
  app.use(createHealthRoutes({ assistant }));
  app.use(
    createAnswerRoutes({ assistant, schema: schemas.answer, readBody, answerTimeoutMs, heartbeatMs, report }),
    createStoredAnswerRoutes({ assistant, readBody, timeoutMs: answerTimeoutMs }),
    createSuggestionRoutes({ assistant, timeoutMs: answerTimeoutMs }),
    createSearchRoutes({ assistant, schema: schemas.search, readBody, timeoutMs: answerTimeoutMs }),
    createArticleRoutes({ assistant, timeoutMs: answerTimeoutMs }),
  );
  const { questionLength } = limits;
  app.use(createReadingRoomRoutes({ assistant, questionLength, timeoutMs: answerTimeoutMs, report }));
  app.use(createPageRoutes({ assistant, exampleQuestions, limits, timeoutMs: answerTimeoutMs }));
  app.use(notFoundPage, notFound);
  app.use(createErrorHandler(report));
  return app;
}
