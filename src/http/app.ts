import { tmpdir } from 'node:os';
import { join } from 'node:path';

import express from 'express';

import type { Config } from '../config.ts';
import { createIdempotencyStore, type IdempotencyStore } from '../conversation/idempotency-store.ts';
import type { RequestCounts } from '../conversation/request-counts.ts';
import type { Assistant } from '../domain/assistant.ts';
import type { IngestAdmin } from '../domain/ingest-admin.ts';
import type { Language } from '../domain/language.ts';
import { publicMustBeStrict } from './auth/authorize.ts';
import { withBasePath } from './base-path.ts';
import { createCors } from './cors.ts';
import { createErrorHandler, createFailureReporter, type OnError } from './error-handler.ts';
import { createGuard, type GuardOptions } from './guard.ts';
import { createAnswerOnce } from './idempotency.ts';
import { createAppSlots } from './limits/app-slots.ts';
import { limitAnswers } from './limits/limit-answers.ts';
import { limitReading } from './limits/limit-reading.ts';
import { createLoadShedding } from './limits/shed-load.ts';
import type { Metrics } from './metrics/create-metrics.ts';
import { createLocalMetricsRoutes, createMetricsRoutes } from './metrics/routes.ts';
import { watchAssistant } from './observe/watch-assistant.ts';
import { watchRequests } from './observe/watch-requests.ts';
import type { Observer } from './observe/watched.ts';
import { createOpenAiRoutes } from './openai/routes.ts';
import { notFound, readJson } from './responses.ts';
import { createAnswerRoutes } from './routes/answers.ts';
import { createArticleRoutes } from './routes/articles.ts';
import { createConversationRoutes } from './routes/conversations.ts';
import { createDocsRoutes } from './routes/docs.ts';
import { createFeedbackExportRoutes } from './routes/feedback-export.ts';
import { createHealthRoutes } from './routes/health.ts';
import { createIngestPageRoutes } from './routes/ingest-page.ts';
import { createIngestRoutes } from './routes/ingest.ts';
import { createMcpRoutes } from './routes/mcp.ts';
import { createPageRoutes } from './routes/pages.ts';
import { createReadingRoomRoutes, notFoundPage } from './routes/reading-room.ts';
import { createSearchRoutes } from './routes/search.ts';
import { createStatsRoutes } from './routes/stats.ts';
import { createStoredAnswerRoutes } from './routes/stored-answers.ts';
import { createSuggestionRoutes } from './routes/suggestions.ts';
import { createRequestSchemas } from './schemas.ts';
import { securityHeaders, transportSecurity } from './security-headers.ts';
import { createChatRoutes } from './ui-stream/chat-routes.ts';
import type { UploadOptions } from './uploads/receive-files.ts';

export interface AppOptions {
  readonly assistant: Omit<Assistant, 'close'>;
  readonly limits: Omit<Config['limits'], 'shutdownTimeoutMs'>;
  /** Told of every failure that is the server's; callers see none of its details. */
  readonly onError?: OnError;
  /** Origins of other sites whose pages may use the API; `*` is every one. None by default. */
  readonly allowedOrigins?: readonly string[];
  /** Who is let in. Everybody by default. */
  readonly access?: GuardOptions['access'];
  /** How much is done for how many. Without it, as much as comes. */
  readonly traffic?: Config['traffic'];
  /** What is in front of the server. Nothing by default. */
  readonly proxy?: Config['proxy'];
  /** Names under which the server is asked, besides `localhost` and addresses; `*` is every one. For `/mcp`. */
  readonly allowedHosts?: readonly string[];
  /** Questions that the chat page suggests in place of the assistant's suggestions, by the language of the page. */
  readonly exampleQuestions?: Readonly<Partial<Record<Language, readonly string[]>>>;
  /** Remembers what was answered under an `Idempotency-Key`; in memory when absent. Closed by whoever made it. */
  readonly idempotency?: IdempotencyStore;
  /** Counts requests for the limits of `traffic` together with other servers; this one alone when absent. */
  readonly requestCounts?: RequestCounts;
  /** Told of requests and answers: a log, traces. */
  readonly observers?: readonly Observer[];
  /** Measures, and adds `GET /metrics`. */
  readonly metrics?: Metrics | undefined;
  /** Adds what those who look after the articles use: `POST /api/articles`, `/api/ingest…` and `/admin`. */
  readonly ingestAdmin?: IngestAdmin | undefined;
  /** Where files go while they arrive, and how large they may be. */
  readonly uploads?: UploadOptions | undefined;
  /** Milliseconds between two comments in a quiet event stream. */
  readonly heartbeatMs?: number;
}

/** Footnote over HTTP: the answer API, the articles behind it, health probes and the chat page. */
export function createApp(options: AppOptions): express.Express {
  const {
    limits,
    onError = () => undefined,
    allowedOrigins = [],
    allowedHosts = [],
    exampleQuestions = {},
    heartbeatMs = 15_000,
    idempotency = createIdempotencyStore({ file: ':memory:' }),
    access,
    traffic,
    requestCounts,
    proxy = { trusted: false, basePath: '' },
    metrics,
    ingestAdmin: admin,
    uploads = usualUploads,
  } = options;
  const observers = [...(options.observers ?? []), ...(metrics?.observers ?? [])];
  const watched = watchAssistant(options.assistant, observers);
  const assistant = traffic ? withinLimits(watched, traffic) : watched;
  const { bodyBytes, answerTimeoutMs } = limits;
  const schemas = createRequestSchemas(limits);
  const readBody = readJson(bodyBytes);
  const report = createFailureReporter(onError);
  const answerOnce = createAnswerOnce(idempotency, report);

  const app = express();
  app.disable('x-powered-by');
  // Should a handler of ours ever fail, Express itself must not print a stack trace to the caller.
  app.set('env', 'production');
  app.set('trust proxy', proxy.trusted);
  if (proxy.basePath !== '') app.use(withBasePath(proxy.basePath));
  app.use(watchRequests(observers), securityHeaders, createCors(allowedOrigins));
  if (proxy.trusted !== false) app.use(transportSecurity);
  if (traffic?.loopDelayMs !== undefined) app.use(createLoadShedding(traffic.loopDelayMs));
  if (metrics) app.use(createLocalMetricsRoutes(metrics));
  const { requestsPerMinute } = traffic ?? {};
  app.use(createGuard({ access, allowedOrigins, requestsPerMinute, requestCounts }));
  app.use(createHealthRoutes({ assistant }));
  if (metrics) app.use(createMetricsRoutes(metrics));
  if (admin) {
    const timeoutMs = answerTimeoutMs;
    app.use(createIngestRoutes({ admin, uploads, answerOnce, timeoutMs, heartbeatMs }));
    app.use(createIngestPageRoutes(uploads));
  }
  app.use(
    createAnswerRoutes({
      assistant,
      answerOnce,
      schema: schemas.answer,
      readBody: [...readBody, publicMustBeStrict],
      answerTimeoutMs,
      heartbeatMs,
      report,
    }),
    createChatRoutes({ assistant, limits, readBody, heartbeatMs, report }),
    createMcpRoutes({ assistant, limits, readBody, heartbeatMs, report, allowedHosts, allowedOrigins }),
    createOpenAiRoutes({ assistant, limits, readBody, heartbeatMs, report, basePath: proxy.basePath }),
    createConversationRoutes({ assistant, answerOnce, readBody, timeoutMs: answerTimeoutMs }),
    createFeedbackExportRoutes({ assistant }),
    createStatsRoutes({ assistant, timeoutMs: answerTimeoutMs }),
    createStoredAnswerRoutes({ assistant, answerOnce, readBody, timeoutMs: answerTimeoutMs }),
    createSuggestionRoutes({ assistant, timeoutMs: answerTimeoutMs }),
    createSearchRoutes({ assistant, schema: schemas.search, readBody, timeoutMs: answerTimeoutMs }),
    createArticleRoutes({ assistant, timeoutMs: answerTimeoutMs }),
  );
  app.use(createDocsRoutes({ limits }));
  const { questionLength } = limits;
  app.use(createReadingRoomRoutes({ assistant, questionLength, timeoutMs: answerTimeoutMs, report }));
  app.use(createPageRoutes({ assistant, exampleQuestions, limits, timeoutMs: answerTimeoutMs }));
  app.use(notFoundPage, notFound);
  app.use(createErrorHandler(report));
  return app;
}

const usualUploads: UploadOptions = {
  dir: join(tmpdir(), 'footnote-uploads'),
  maxFileBytes: 50_000_000,
  maxBytes: 500_000_000,
};

function withinLimits(
  assistant: AppOptions['assistant'],
  traffic: Config['traffic'],
): AppOptions['assistant'] {
  const { answers, reads } = createAppSlots(traffic);
  const limited = limitAnswers(assistant, answers);
  return reads ? limitReading(limited, reads) : limited;
}
