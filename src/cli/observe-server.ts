import process from 'node:process';

import type { Config } from '../config.ts';
import type { Assistant } from '../domain/assistant.ts';
import type { FailureContext } from '../http/error-handler.ts';
import { createLogger } from '../http/logging/create-logger.ts';
import { logRequests } from '../http/logging/log-requests.ts';
import type { Logger } from '../http/logging/logger.ts';
import { createMetrics, type Metrics } from '../http/metrics/create-metrics.ts';
import { currentRequest, type Observer } from '../http/observe/watched.ts';
import { startTracing } from '../http/tracing/start-tracing.ts';

/** The log of a server, on standard error: JSON lines, or lines for people where that is a terminal. */
export function serverLog({ log, chat, embeddings, store }: Config): Logger {
  // Whoever read the log may leave; the server stays.
  process.stderr.on('error', () => undefined);
  return createLogger({
    level: log.level,
    format: log.format ?? (process.stderr.isTTY ? 'pretty' : 'json'),
    write: (line) => process.stderr.write(line),
    secrets: [
      chat?.apiKey,
      embeddings.kind === 'openai' ? embeddings.apiKey : undefined,
      ...(store.kind === 'postgres' ? [passwordIn(store.url), passwordIn(store.readUrl)] : []),
    ],
  });
}

function passwordIn(url: string | undefined): string | undefined {
  const { password = '' } = url === undefined ? {} : new URL(url);
  return password === '' ? undefined : decodeURIComponent(password);
}

/** Logs failures of the server. */
export function logFailures(logger: Logger): (error: unknown, context?: FailureContext) => void {
  return (error, context) => {
    const requestId = currentRequest()?.id;
    const message = context
      ? `${context.method} ${context.path} failed`
      : 'A failure that no reader was told of';
    logger.error({ ...(requestId !== undefined && { requestId }), ...context, error }, message);
  };
}

/** What watches a server. */
export interface Observation {
  readonly observers: readonly Observer[];
  readonly metrics: Metrics | undefined;
  /** Sends what has not been sent, for at most so many milliseconds. */
  close(timeoutMs: number): Promise<void>;
}

/** Starts the log, the metrics and the traces that `config` asks for. */
export async function observeServer(
  config: Config,
  { assistant, logger }: { assistant: Pick<Assistant, 'generation' | 'chatModel'>; logger: Logger },
): Promise<Observation> {
  const onProblem = (problem: string) => logger.warn({ problem }, 'Traces cannot be sent');
  const tracing = config.tracing && (await startTracing({ ...config.tracing, onProblem }));
  const log = logRequests({ logger, withQuestions: config.log.questions });
  return {
    observers: [...(tracing ? [tracing.observer] : []), log],
    metrics: config.metrics ? createMetrics(assistant) : undefined,
    close: async (timeoutMs) => tracing?.close(timeoutMs),
  };
}
