import { join } from 'node:path';

import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { bayArticles } from '../support/bay-articles.ts';
import { createFolder, projectDir, type TemporaryFolder, writeFiles } from '../support/folders.ts';
import { type FootnoteServer, serveFootnote } from '../support/footnote-server.ts';
import { apiRoutes, missingRoutes } from './support/api-routes.ts';
import { type FuzzedRequest, fuzzedRequests } from './support/fuzzed-request.ts';
import { inParallel, type RawResponse, sendRaw } from './support/raw-request.ts';

const requestsPerRoute = 40;
const seed = 20_250_605;

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
});
const openAi = z.object({
  error: z.object({ message: z.string().min(1), type: z.string(), param: z.string().nullable() }),
});
const jsonRpc = z.object({
  jsonrpc: z.literal('2.0'),
  error: z.object({ code: z.int(), message: z.string() }),
});

let folder: TemporaryFolder;
let server: FootnoteServer;

beforeAll(async () => {
  folder = await createFolder();
  const corpus = join(folder.path, 'corpus');
  await writeFiles(corpus, bayArticles);
  server = await serveFootnote({
    CORPUS_DIR: corpus,
    INDEX_DIR: join(folder.path, 'index'),
    EMBEDDING_WORKERS: '1',
  });
  await server.assistant.ingest();
});

afterAll(async () => {
  // Fails where a request failed on the server's side.
  await server.close();
  await folder.remove();
});

/** What is wrong with a response; `undefined` when it is as it must be. */
function faultOf(request: FuzzedRequest, { status, headers, body }: RawResponse): string | undefined {
  if (status < 200 || status > 499) return 'is the fault of the server';
  if (request.isWrong && status < 400) return 'accepts what is wrong';
  if (/\n\s+at .+:\d+/u.test(body) || body.includes('node_modules')) return 'has a stack trace';
  if (body.includes(projectDir) || body.includes(folder.path)) return 'has a path of the server';
  const type = String(headers['content-type'] ?? '');
  if (type.startsWith('text/html') && /<xss/iu.test(body)) return 'has markup of the request';
  if (/^(?:\w+:|\/\/)/u.test(String(headers['location'] ?? ''))) return 'leads to another site';
  if (request.method === 'HEAD') return undefined;
  if (status < 400) return /^application\/json\b/u.test(type) && !isJson(body) ? 'is no JSON' : undefined;
  if (type.startsWith('text/html')) {
    const isPage = /^<!doctype html>/iu.test(body) && body.trimEnd().endsWith('</html>');
    return isPage ? undefined : 'is no whole page';
  }
  const schema = /^\/v1(?:[/?]|$)/u.test(request.path)
    ? openAi
    : request.path.startsWith('/mcp') && type.startsWith('application/json')
      ? jsonRpc
      : problem;
  if (schema === problem && type !== 'application/problem+json') return `is of the type "${type}"`;
  const isShaped = isJson(body) && schema.safeParse(JSON.parse(body)).success;
  return isShaped ? undefined : 'does not say what is wrong';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('odd and malformed requests', () => {
  it('are tried on every route there is', async () => {
    expect(await missingRoutes(server)).toEqual([]);
  });

  it('are refused in so many words or answered, at once, and never a failure of the server', async () => {
    const requests = apiRoutes.flatMap((route, index) =>
      fc.sample(fuzzedRequests(route), { seed: seed + index, numRuns: requestsPerRoute }),
    );
    const faults: string[] = [];
    await inParallel(requests, 4, async (request) => {
      const told = `${request.method} ${request.path.slice(0, 80)} ${JSON.stringify(request.headers).slice(0, 300)}`;
      const asked = `${told} ${String(request.body).slice(0, 200)}`;
      try {
        const response = await sendRaw(server.url, request);
        const fault = faultOf(request, response);
        if (fault !== undefined)
          faults.push(`${asked} → ${response.status} ${fault}: ${response.body.slice(0, 200)}`);
      } catch (error) {
        faults.push(`${asked} → ${String(error)}`);
      }
    });
    expect(faults).toEqual([]);
    expect(requests.length).toBeGreaterThan(1_000);
    expect(requests.filter(({ isWrong }) => isWrong).length).toBeGreaterThan(700);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    const answer = await server.askAndCheck({ question: 'How many stalls has the Saturday market?' });
    expect(answer.text).toContain('62 stalls');
  }, 120_000);
});
