import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';

import { createEmbeddingModel } from '../../src/models/create-embedding-model.ts';
import { createOpenAIEmbedder } from '../../src/models/openai-embedder.ts';

const requestSchema = z.object({
  model: z.string(),
  input: z.union([z.string(), z.array(z.string())]).transform((input) => [input].flat()),
  encoding_format: z.enum(['float', 'base64']).default('float'),
});
type EmbeddingsRequest = z.infer<typeof requestSchema>;

/** An answer that overrides the server's own: a status and a body, or silence. */
type Override = { readonly status: number; readonly body: string; readonly type?: string } | 'silence';

/** A server with the `/v1/embeddings` wire format; a text's vector is made of its first code units. */
async function startServer() {
  const requests: (EmbeddingsRequest & { readonly authorization: string | undefined })[] = [];
  const overrides: Override[] = [];
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => response.destroy(new Error(String(error))));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const piece of request.setEncoding('utf8')) body += String(piece);
    const parsed = requestSchema.parse(JSON.parse(body));
    requests.push({ ...parsed, authorization: request.headers.authorization });
    const override = overrides.shift();
    if (override === 'silence') return;
    response.writeHead(override?.status ?? 200, { 'content-type': override?.type ?? 'application/json' });
    response.end(override?.body ?? JSON.stringify(vectorsFor(parsed)));
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    overrides,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function vectorsFor({ model, input, encoding_format: format }: EmbeddingsRequest) {
  const data = input.map((text, index) => {
    const vector = [text.length, text.codePointAt(0) ?? 0, text.codePointAt(1) ?? 0, 3];
    const base64 = Buffer.from(Float32Array.from(vector).buffer).toString('base64');
    return { object: 'embedding', index, embedding: format === 'base64' ? base64 : vector };
  });
  return { object: 'list', model, data, usage: { prompt_tokens: 1, total_tokens: 1 } };
}

/** What the server means for a text, at unit length. */
function expected(text: string): number[] {
  const vector = [text.length, text.codePointAt(0) ?? 0, text.codePointAt(1) ?? 0, 3];
  return vector.map((value) => Math.fround(value / Math.hypot(...vector)));
}

describe('an OpenAI-compatible embedding model', () => {
  let server: Awaited<ReturnType<typeof startServer>>;

  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server.close());

  const options = () =>
    ({ kind: 'openai', model: 'tiny', baseUrl: server.baseUrl, queryPrefix: '', passagePrefix: '' }) as const;

  it('learns the length of its vectors and gives them at unit length, in order', async () => {
    const model = await createEmbeddingModel({ ...options(), apiKey: 'secret', passagePrefix: 'p: ' });
    expect(model).toMatchObject({ dimensions: 4, languages: ['en', 'vi'] });
    expect(model.id).toMatch(/^openai:tiny:p[0-9a-f]{8}$/u);
    const texts = Array.from({ length: 150 }, (_, index) => 'x'.repeat((index * 37) % 150));
    let progress = 0;
    const vectors = await model.embedDocuments(texts, { onProgress: (count) => (progress += count) });
    expect(vectors).toEqual(texts.map((text) => expected(`p: ${text}`)));
    expect(progress).toBe(150);
    expect(await model.embedQuery('Why?')).toEqual(expected('Why?'));
    expect(server.requests.every((request) => request.input.length <= 64)).toBe(true);
    expect(new Set(server.requests.map((request) => request.authorization))).toEqual(
      new Set(['Bearer secret']),
    );
  });

  it('needs no key with a base URL, and never sends an empty text', async () => {
    const model = await createEmbeddingModel(options());
    expect(model.id).toBe('openai:tiny');
    expect(await model.embedDocuments(['', '\na'])).toEqual([expected(' '), expected('\na')]);
  });

  it('names OPENAI_API_KEY when there is neither a key nor a base URL', async () => {
    await expect(
      createEmbeddingModel({ kind: 'openai', model: 'tiny', queryPrefix: '', passagePrefix: '' }),
    ).rejects.toMatchObject({ code: 'configuration', remedy: expect.stringContaining('OPENAI_API_KEY') });
  });

  it('tries again after a rate limit', async () => {
    server.overrides.push({ status: 429, body: '{"error": {"message": "slow down"}}' });
    const model = await createEmbeddingModel(options());
    expect(model.dimensions).toBe(4);
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    ['429', { status: 429, body: '{"error": {"message": "slow down"}}' }, /status 429.*slow down/u],
    ['500', { status: 500, body: 'out of order', type: 'text/plain' }, /status 500/u],
    ['401', { status: 401, body: '{"error": {"message": "bad key"}}' }, /status 401.*bad key/u],
    ['404', { status: 404, body: '{"error": {"message": "no such model"}}' }, /status 404/u],
    ['text that is not JSON', { status: 200, body: '<html>' }, /not a list of vectors/u],
    ['a page', { status: 200, body: '<html>', type: 'text/html' }, /not a list of vectors/u],
    ['another object', { status: 200, body: '{"hello": "world"}' }, /not a list of vectors/u],
    ['too few vectors', { status: 200, body: '{"data": []}' }, /not a list of vectors/u],
    ['an empty vector', { status: 200, body: '{"data": [{"embedding": []}]}' }, /not a list of vectors/u],
    ['null components', { status: 200, body: '{"data": [{"embedding": [null]}]}' }, /not a list of vectors/u],
    ['huge components', { status: 200, body: '{"data": [{"embedding": [1e300, 1e300]}]}' }, /finite/u],
    ['zeros', { status: 200, body: '{"data": [{"embedding": [0, 0]}]}' }, /length zero/u],
  ] as const)('reports %s from the endpoint', async (_what, override, message) => {
    server.overrides.push(override);
    const embed = createOpenAIEmbedder(options(), 0);
    await expect(embed(['x'])).rejects.toMatchObject({
      code: 'model-failed',
      message: expect.stringMatching(message),
    });
    expect(server.requests).toHaveLength(1);
  });

  it('refuses a vector of another length than the first', async () => {
    const model = await createEmbeddingModel(options());
    server.overrides.push({ status: 200, body: '{"data": [{"embedding": [1, 2]}]}' });
    await expect(model.embedQuery('x')).rejects.toMatchObject({
      code: 'model-failed',
      message: expect.stringContaining('2 numbers, expected 4'),
    });
  });

  it('reports an endpoint that is not there', async () => {
    const gone = await startServer();
    await gone.close();
    const embed = createOpenAIEmbedder({ ...options(), baseUrl: gone.baseUrl }, 0);
    await expect(embed(['x'])).rejects.toMatchObject({ code: 'model-failed' });
  });

  it('stops waiting when aborted, and does not ask again', async () => {
    const model = await createEmbeddingModel(options());
    server.overrides.push('silence');
    const controller = new AbortController();
    const embedding = model.embedQuery('x', { signal: controller.signal });
    await vi.waitFor(() => expect(server.requests).toHaveLength(2));
    controller.abort();
    await expect(embedding).rejects.toMatchObject({ name: 'AbortError' });
    await expect(model.embedDocuments(['y'], { signal: controller.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(server.requests).toHaveLength(2);
  });
});
