import { setTimeout as wait } from 'node:timers/promises';

import type { Observer } from '../observe/watched.ts';

export interface TracingOptions {
  /** OTLP over HTTP: spans are sent to `/v1/traces` below it. */
  readonly endpoint: string;
  readonly serviceName: string;
  /** Told when spans cannot be sent; they are dropped. */
  readonly onProblem: (message: string) => void;
}

export interface Tracing {
  readonly observer: Observer;
  /** Sends what has not been sent yet, for at most so many milliseconds. */
  close(timeoutMs: number): Promise<void>;
}

/** How long one attempt to send spans may take, with its repetitions. */
const exportTimeoutMs = 5_000;

/** Starts to send traces. What that needs is loaded here, so that servers without traces do without it. */
export async function startTracing({ endpoint, serviceName, onProblem }: TracingOptions): Promise<Tracing> {
  const [{ diag, DiagLogLevel }, { OTLPTraceExporter }, sdk, { traceRequests }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/sdk-trace-node'),
    import('./trace-requests.ts'),
  ]);
  const ignore = () => undefined;
  diag.setLogger(
    { error: onProblem, warn: onProblem, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/$/u, '')}/v1/traces`,
    timeoutMillis: exportTimeoutMs,
  });
  const provider = new sdk.NodeTracerProvider({
    resource: resourceOf({ 'service.name': serviceName }),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter)],
  });
  return {
    observer: traceRequests(provider.getTracer('footnote')),
    async close(timeoutMs) {
      const sent = provider.shutdown().catch((error: unknown) => onProblem(String(error)));
      const timer = new AbortController();
      await Promise.race([sent, wait(timeoutMs, undefined, { signal: timer.signal }).catch(ignore)]);
      timer.abort();
      diag.disable();
    },
  };
}

/** Who sends: what the SDK asks of a resource whose attributes are all known. */
function resourceOf(attributes: Readonly<Record<string, string>>) {
  const resource = {
    attributes,
    merge: () => resource,
    getRawAttributes: () => Object.entries(attributes),
  };
  return resource;
}
