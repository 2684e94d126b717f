import { SpanStatusCode } from '@opentelemetry/api';
import { describe, expect, it, onTestFinished } from 'vitest';

import { startTracing } from '../../src/http/tracing/start-tracing.ts';
import type { ChatRequest } from '../support/openai-server.ts';
import { type ReceivedSpan, startOtlpServer } from '../support/otlp-server.ts';
import { pointerTo } from '../support/prompt-pointers.ts';
import { serveBay } from './support/serve-bay.ts';
import { serve, type ServeOptions } from './support/serve.ts';
import { createTestLog } from './support/watch.ts';

const question = 'How many passengers does the electric ferry carry on each crossing?';
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const parentId = '00f067aa0ba902b7';

async function collector(status?: number) {
  const otlp = await startOtlpServer(status);
  onTestFinished(() => otlp.close());
  const problems: string[] = [];
  const tracing = await startTracing({
    endpoint: `${otlp.endpoint}/`,
    serviceName: 'footnote-test',
    onProblem: (message) => problems.push(message),
  });
  return { otlp, tracing, problems };
}

/** Ends the server first, so that all its requests have ended. */
async function spansOf(
  options: ServeOptions,
  use: (served: Awaited<ReturnType<typeof serve>>) => Promise<void>,
) {
  const { otlp, tracing } = await collector();
  const served = await serve({ ...options, observers: [tracing.observer, ...(options.observers ?? [])] });
  await use(served);
  await served.close();
  await tracing.close(5_000);
  return otlp.spans;
}

const named = (spans: readonly ReceivedSpan[], name: string) => {
  const span = spans.find((one) => one.name === name);
  if (!span) throw new Error(`There is no span "${name}" among: ${spans.map((one) => one.name).join(', ')}.`);
  return span;
};

describe('traces', () => {
  it('tell the stages of an answer, below its request, without any text', { timeout: 60_000 }, async () => {
    const { otlp, tracing } = await collector();
    const reply = (request: ChatRequest) => ({
      steps: [`It carries 240 passengers on each crossing ${pointerTo(request, '240 passengers')}.`],
    });
    const { ask } = await serveBay(reply, () => ({ observers: [tracing.observer] }));
    await (await ask(question, { traceparent: `00-${traceId}-${parentId}-01` })).text();
    await tracing.close(5_000);

    const { spans } = otlp;
    expect(spans.map(({ name }) => name).toSorted()).toEqual([
      'POST /api/answers',
      'retrieve',
      'understand',
      'verify',
      'write',
    ]);
    expect(new Set(spans.map((span) => span.traceId))).toEqual(new Set([traceId]));
    expect(new Set(spans.map((span) => span.service))).toEqual(new Set(['footnote-test']));
    const request = named(spans, 'POST /api/answers');
    const write = named(spans, 'write');
    expect(request).toMatchObject({ parentSpanId: parentId, kind: 2 });
    for (const name of ['understand', 'retrieve', 'write']) {
      expect(named(spans, name).parentSpanId).toBe(request.spanId);
    }
    expect(named(spans, 'verify').parentSpanId).toBe(write.spanId);
    expect(named(spans, 'understand').startTimeUnixNano).toBeGreaterThanOrEqual(request.startTimeUnixNano);
    expect(named(spans, 'retrieve').startTimeUnixNano).toBeGreaterThanOrEqual(
      named(spans, 'understand').endTimeUnixNano,
    );
    expect(write.endTimeUnixNano).toBeGreaterThanOrEqual(named(spans, 'verify').endTimeUnixNano);
    expect(request.endTimeUnixNano).toBeGreaterThanOrEqual(write.endTimeUnixNano);
    expect(request.attributes).toMatchObject({
      'http.request.method': 'POST',
      'http.route': '/api/answers',
      'http.response.status_code': 200,
      'footnote.answer.outcome': 'answered',
      'footnote.answer.writer': 'chat',
      'footnote.answer.citations': 1,
      'footnote.model.calls': 2,
      'gen_ai.usage.output_tokens': 14,
    });
    expect(otlp.bodies.join('')).not.toMatch(/ferry|passengers/iu);
  });

  it('begin anew where a request names no trace, or something else', async () => {
    const spans = await spansOf({}, async ({ url }) => {
      for (const traceparent of [
        '',
        'nonsense',
        `ff-${traceId}-${parentId}-01`,
        `00-${'0'.repeat(32)}-${parentId}-01`,
      ]) {
        await (await fetch(`${url}/api/articles`, { headers: { traceparent } })).text();
      }
    });
    expect(spans).toHaveLength(4);
    expect(new Set(spans.map((span) => span.traceId)).size).toBe(4);
    for (const span of spans) {
      expect(span.parentSpanId ?? '').toBe('');
      expect(span.traceId).not.toBe(traceId);
    }
  });

  it('are not recorded where the caller says so, and not for probes', async () => {
    const spans = await spansOf({}, async ({ url }) => {
      const headers = { traceparent: `00-${traceId}-${parentId}-00` };
      await (await fetch(`${url}/api/articles`, { headers })).text();
      await (await fetch(`${url}/healthz`)).text();
      await (await fetch(`${url}/readyz`)).text();
    });
    expect(spans).toEqual([]);
  });

  it('name the route and not the path, and mark failures of the server', async () => {
    const script = { articles: () => Promise.reject(new Error('disk on fire')) };
    const spans = await spansOf({ script }, async ({ url }) => {
      await (await fetch(`${url}/api/articles/secret-1?version=secret-2`)).text();
      await (await fetch(`${url}/api/articles`)).text();
    });
    expect(named(spans, 'GET /api/articles/:id').status.code).toBe(SpanStatusCode.UNSET);
    expect(named(spans, 'GET /api/articles').status.code).toBe(SpanStatusCode.ERROR);
    const told = JSON.stringify(spans.map(({ name, attributes }) => ({ name, attributes })));
    expect(told).not.toMatch(/secret|disk/u);
  });

  it('are found from the log', async () => {
    const log = createTestLog();
    const spans = await spansOf({ observers: [log.observer] }, async ({ url }) => {
      await (await fetch(`${url}/api/articles`)).text();
    });
    expect(log.lines()[0]).toMatchObject({ traceId: spans[0]?.traceId });
  });

  it('hold up neither requests nor the end of the server when nobody takes them', async () => {
    const { tracing, problems } = await collector(400);
    const served = await serve({ observers: [tracing.observer] });
    expect((await fetch(`${served.url}/api/articles`)).status).toBe(200);
    await served.close();
    await tracing.close(5_000);
    expect(problems.join('\n')).toContain('Bad Request');

    const hanging = await startTracing({
      endpoint: 'http://192.0.2.1:4318',
      serviceName: 'footnote-test',
      onProblem: () => undefined,
    });
    const other = await serve({ observers: [hanging.observer] });
    await (await fetch(`${other.url}/api/articles`)).text();
    await other.close();
    const startedAt = performance.now();
    await hanging.close(50);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
