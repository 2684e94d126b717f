import { describe, expect, it } from 'vitest';

import { FootnoteError } from '../../src/domain/errors.ts';
import type { GenerationInfo } from '../../src/domain/ports.ts';
import { createMetrics } from '../../src/http/metrics/create-metrics.ts';
import type { ChatRequest } from '../support/openai-server.ts';
import { pointerTo } from '../support/prompt-pointers.ts';
import { bearer, keyStore } from './support/keys.ts';
import { eventsOf, sampleAnswer } from './support/sample-answer.ts';
import { createScriptedAssistant, deferred, type Script } from './support/scripted-assistant.ts';
import { serveBay } from './support/serve-bay.ts';
import { serve, type ServeOptions } from './support/serve.ts';

const question = 'How many came to the fair?';

async function serveMeasured({ script, ...rest }: Omit<ServeOptions, 'script'> & { script?: Script } = {}) {
  const metrics = createMetrics(createScriptedAssistant(script));
  const served = await serve({ ...rest, ...(script && { script }), metrics });
  const read = async () => (await fetch(`${served.url}/metrics`)).text();
  /** The samples whose line starts with `name`, once `isThere` holds for one: a request ends after its response. */
  const samples = async (name: string) => {
    for (;;) {
      const found = linesOf(await read(), name);
      if (found.length > 0) return found;
    }
  };
  return { ...served, read, samples };
}

const linesOf = (text: string, name: string) => text.split('\n').filter((line) => line.startsWith(name));

describe('GET /metrics', () => {
  it('answers in the text format of Prometheus, with what is known of the process', async () => {
    const { url } = await serveMeasured();
    const response = await fetch(`${url}/metrics`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/u);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const text = await response.text();
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds [\d.e-]+$/mu);
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/mu);
    expect(text).toMatch(/^# HELP footnote_answers_total /mu);
  });

  it('is not there unless it is wanted', async () => {
    const { url } = await serve();
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
  });

  it('measures each server for itself', async () => {
    const [first, second] = await Promise.all([serveMeasured(), serveMeasured()]);
    await (await first.post('/api/answers', { question })).text();
    expect(await first.samples('footnote_answers_total{')).toHaveLength(1);
    expect(linesOf(await second.read(), 'footnote_answers_total{')).toEqual([]);
  });

  it('counts requests by route and status, in few series, whatever clients send', async () => {
    const { url, samples } = await serveMeasured();
    for (let count = 1; count <= 20; count += 1) {
      await (await fetch(`${url}/api/articles/secret-${count}`)).text();
      await (await fetch(`${url}/secret-${count}/deep`)).text();
      await (await fetch(`${url}/api/articles/secret-${count}`, { method: 'PROPFIND' })).text();
    }
    await samples('footnote_http_requests_total{method="OTHER",route="/api/articles/:id",status="405"} 20');
    const lines = await samples('footnote_http_requests_total');
    expect(lines).toContain(
      'footnote_http_requests_total{method="GET",route="/api/articles/:id",status="404"} 20',
    );
    expect(lines).toContain('footnote_http_requests_total{method="GET",route="(none)",status="404"} 20');
    expect(lines.filter((line) => !line.includes('/metrics'))).toHaveLength(3);
    expect(lines.join('')).not.toContain('secret');
    const count = 'footnote_http_request_duration_seconds_count{method="GET",route="/api/articles/:id"} 20';
    expect(await samples('footnote_http_request_duration_seconds_count')).toContain(count);
  });

  it('counts how answers end, what verification found, and how sure the search was', async () => {
    const { post, samples, read } = await serveMeasured({
      script: {
        ask: async (asked) =>
          asked.includes('moon') ? sampleAnswer({ abstained: true, degraded: true }) : sampleAnswer(),
      },
    });
    await (await post('/api/answers', { question })).text();
    await (await post('/api/answers', { question: 'Who owns the moon?' })).text();
    expect(await samples('footnote_answers_total{')).toEqual([
      'footnote_answers_total{outcome="answered",writer="extractive"} 1',
      'footnote_answers_total{outcome="declined",writer="extractive"} 1',
    ]);
    const text = await read();
    expect(linesOf(text, 'footnote_answer_sentences_total')).toEqual([
      'footnote_answer_sentences_total{verdict="supported"} 2',
      'footnote_answer_sentences_total{verdict="partial"} 2',
      'footnote_answer_sentences_total{verdict="unsupported"} 2',
      'footnote_answer_sentences_total{verdict="uncited"} 0',
    ]);
    expect(linesOf(text, 'footnote_citations')).toEqual([
      'footnote_citations_total 4',
      'footnote_citations_dropped_total 0',
    ]);
    expect(linesOf(text, 'footnote_answers_degraded_total')).toEqual(['footnote_answers_degraded_total 1']);
    expect(linesOf(text, 'footnote_retrieval_top_score')).toContain(
      'footnote_retrieval_top_score_bucket{le="0.8"} 0',
    );
    expect(linesOf(text, 'footnote_retrieval_top_score')).toContain(
      'footnote_retrieval_top_score_bucket{le="0.9"} 2',
    );
  });

  it('counts answers that fail', async () => {
    const ask = () => Promise.reject(new FootnoteError('model-failed', 'No.'));
    const { post, samples } = await serveMeasured({ script: { ask } });
    await (await post('/api/answers', { question })).text();
    expect(await samples('footnote_answers_total{')).toEqual([
      'footnote_answers_total{outcome="failed",writer="none"} 1',
    ]);
  });

  it('does not count as an answer what is refused before', async () => {
    const { post, samples, read } = await serveMeasured();
    await (await post('/api/answers', { question: '' })).text();
    await samples('footnote_http_requests_total{method="POST",route="/api/answers",status="400"} 1');
    expect(linesOf(await read(), 'footnote_answers_total{')).toEqual([]);
  });

  it('counts streams for as long as they are open', async () => {
    const go = deferred<void>();
    const [first, ...rest] = eventsOf(sampleAnswer());
    async function* answer() {
      if (first) yield first;
      await go.promise;
      yield* rest;
    }
    const { post, samples } = await serveMeasured({ script: { answer } });
    const response = await post('/api/answers', { question }, { accept: 'text/event-stream' });
    expect(await samples('footnote_open_streams')).toEqual(['footnote_open_streams 1']);
    go.resolve();
    await response.text();
    await samples('footnote_open_streams 0');
  });

  it('tells the generation that answers, one at a time, and whether there is one', async () => {
    const generation: GenerationInfo = {
      id: 'g1',
      createdAt: '2024-06-01T12:00:00.000Z',
      embeddingModel: 'scripted',
      dimensions: 3,
      articles: 2,
      passages: 4,
      languages: { en: 2 },
    };
    const answers = [generation, { ...generation, id: 'g2', articles: 3 }];
    const unusable = new FootnoteError('index-unusable', 'There is no index.');
    const next = async () => answers.shift() ?? Promise.reject(unusable);
    const { read } = await serveMeasured({ script: { generation: next } });
    const first = await read();
    expect(linesOf(first, 'footnote_index')).toEqual([
      'footnote_index_info{generation="g1",embedding_model="scripted"} 1',
      'footnote_index_created_timestamp_seconds 1717243200',
      'footnote_index_articles 2',
      'footnote_index_passages 4',
      'footnote_index_ready 1',
    ]);
    const second = linesOf(await read(), 'footnote_index');
    expect(second).toContain('footnote_index_info{generation="g2",embedding_model="scripted"} 1');
    expect(second).toContain('footnote_index_articles 3');
    expect(second.join('')).not.toContain('g1');
    expect(linesOf(await read(), 'footnote_index_ready')).toEqual(['footnote_index_ready 0']);
  });
});

describe('who may read /metrics', () => {
  const forwarded = { 'x-forwarded-for': '203.0.113.9' };

  it('is nobody beyond this machine, also where no keys are required', async () => {
    const { url } = await serveMeasured();
    expect((await fetch(`${url}/metrics`, { headers: forwarded })).status).toBe(403);
    expect((await fetch(`${url}/metrics`, { headers: { origin: 'https://news.example' } })).status).toBe(403);
  });

  it('needs a key with the scope admin where keys are required, unless it is of this machine', async () => {
    const keys = await keyStore();
    const access = { keys, required: true, widgetPublic: true };
    const { url } = await serveMeasured({ access });
    const status = async (headers: Record<string, string>) =>
      (await fetch(`${url}/metrics`, { headers })).status;
    expect(await status({})).toBe(200);
    expect(await status(forwarded)).toBe(401);
    expect(await status({ ...forwarded, ...(await bearer(keys, 'read', 'ask')) })).toBe(403);
    expect(await status({ ...forwarded, ...(await bearer(keys, 'admin')) })).toBe(200);
  });
});

describe('the stages of answers', () => {
  it('are timed, and what the model took is counted', { timeout: 60_000 }, async () => {
    const reply = (request: ChatRequest) => ({
      steps: [`It carries 240 passengers on each crossing ${pointerTo(request, '240 passengers')}[S99].`],
      usage: { prompt_tokens: 120, completion_tokens: 30 },
    });
    const { url, ask } = await serveBay(reply, (assistant) => ({ metrics: createMetrics(assistant) }));
    await (await ask('How many passengers does the electric ferry carry on each crossing?')).text();
    const text = await (await fetch(`${url}/metrics`)).text();
    const stages = linesOf(text, 'footnote_answer_stage_duration_seconds_count');
    for (const stage of ['understand', 'retrieve', 'write', 'verify']) {
      expect(stages).toContain(`footnote_answer_stage_duration_seconds_count{stage="${stage}"} 1`);
    }
    expect(linesOf(text, 'footnote_answers_total{')).toEqual([
      'footnote_answers_total{outcome="answered",writer="chat"} 1',
    ]);
    expect(linesOf(text, 'footnote_citations_dropped_total')).toEqual(['footnote_citations_dropped_total 1']);
    // The translation of the question, and the answer.
    expect(linesOf(text, 'footnote_model')).toEqual([
      'footnote_model_circuit_state{state="closed"} 1',
      'footnote_model_circuit_state{state="open"} 0',
      'footnote_model_circuit_state{state="half-open"} 0',
      'footnote_model_calls_refused_total 0',
      'footnote_model_calls_total 2',
      'footnote_model_errors_total 0',
      'footnote_model_tokens_total{direction="input"} 131',
      'footnote_model_tokens_total{direction="output"} 37',
    ]);
    expect(linesOf(text, 'footnote_index_articles')).toEqual(['footnote_index_articles 6']);
  });

  it(
    'count a model that fails, and the answer that was written without it',
    { timeout: 60_000 },
    async () => {
      const reply = () => ({ status: 400 });
      const { url, ask } = await serveBay(reply, (assistant) => ({ metrics: createMetrics(assistant) }));
      await (await ask('How many passengers does the electric ferry carry on each crossing?')).text();
      const text = await (await fetch(`${url}/metrics`)).text();
      expect(linesOf(text, 'footnote_model_errors_total')).toEqual(['footnote_model_errors_total 1']);
      expect(linesOf(text, 'footnote_answers_degraded_total')).toEqual(['footnote_answers_degraded_total 1']);
      expect(linesOf(text, 'footnote_answers_total{')).toEqual([
        'footnote_answers_total{outcome="answered",writer="extractive"} 1',
      ]);
    },
  );
});
