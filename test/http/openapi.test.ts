import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { createApp } from '../../src/http/app.ts';
import { createMetrics } from '../../src/http/metrics/create-metrics.ts';
import { projectDir } from '../support/folders.ts';
import { createMemoryIngestAdmin } from '../support/memory-ingest-admin.ts';
import { receiptHashes } from '../support/receipt-hash.ts';
import { readContract } from './support/openapi.ts';
import { sampleAnswer } from './support/sample-answer.ts';
import { createScriptedAssistant } from './support/scripted-assistant.ts';
import { serve } from './support/serve.ts';

const limits = { bodyBytes: 20_000, questionLength: 200, historyTurns: 4, answerTimeoutMs: 20_000 };

async function contract() {
  const { url } = await serve();
  const response = await fetch(`${url}/openapi.json`);
  const json: unknown = await response.json();
  return { response, json, url, ...readContract(json) };
}

// What Express keeps of its routes is not part of its types.
const layerSchema = z.object({
  route: z
    .object({ path: z.string(), stack: z.array(z.object({ method: z.string().optional() })) })
    .optional(),
  handle: z.custom<object>((value) => typeof value === 'function'),
});
const stackSchema = z.array(layerSchema);

/** Every route below a router with this stack, as `GET /path`. */
function routesOf(stack: unknown): string[] {
  return stackSchema.parse(stack).flatMap(({ route, handle }) => {
    if (route) {
      const methods = route.stack.flatMap(({ method }) => (method === undefined ? [] : [method]));
      return [...new Set(methods)].map((method) => `${method.toUpperCase()} ${route.path}`);
    }
    return 'stack' in handle ? routesOf(handle.stack) : [];
  });
}

/** Pages for people and the files that they load. */
const pages: ReadonlySet<string> = new Set([
  'GET /',
  'GET /articles',
  'GET /articles/:id',
  'GET /answers/:id',
  'POST /answers/:id/verify',
  'GET /answers/:id/verify',
  'GET /docs',
  'GET /admin',
  'GET /widget.js',
  'GET /widget.module.js',
]);

const isForPeople = (route: string) => pages.has(route) || route.startsWith('GET /assets/');

describe('the OpenAPI document', () => {
  it('describes every route of the app that is not a page, and no other', async () => {
    const { operations } = await contract();
    const assistant = createScriptedAssistant();
    const ingestAdmin = createMemoryIngestAdmin();
    const app = createApp({ assistant, limits, metrics: createMetrics(assistant), ingestAdmin });
    const routes = routesOf(app.router.stack).filter((route) => !isForPeople(route));
    const described = operations.map(
      ({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/gu, ':$1')}`,
    );
    expect(described.toSorted()).toEqual([...new Set(routes)].toSorted());
  });

  it('has the version of the package, and comes with an entity tag', async () => {
    const { document, response, url } = await contract();
    const text = await readFile(join(projectDir, 'package.json'), 'utf8');
    expect(document.info.version).toBe(z.object({ version: z.string() }).parse(JSON.parse(text)).version);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const etag = response.headers.get('etag') ?? '';
    expect(etag).not.toBe('');
    const again = await fetch(`${url}/openapi.json`, {
      // Node's fetch asks for a fresh copy unless it is told otherwise.
      headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' },
    });
    expect(again.status).toBe(304);
  });

  it('refers to nothing that it does not hold, and names each operation once', async () => {
    const { json, document, operations } = await contract();
    const references = Array.from(JSON.stringify(json).matchAll(/"\$ref":"([^"]+)"/gu), ([, to]) => to ?? '');
    const held = new Set([
      ...Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`),
      ...Object.keys(document.components.responses).map((name) => `#/components/responses/${name}`),
    ]);
    expect(references.filter((to) => !held.has(to))).toEqual([]);
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
  });

  it('has the limits that are configured', async () => {
    const { document } = await contract();
    expect(document.components.schemas['AnswerRequest']?.['properties']).toMatchObject({
      question: { minLength: 1, maxLength: limits.questionLength },
      history: { maxItems: limits.historyTurns },
    });
  });

  it('says which scope of a key each operation needs', async () => {
    const { operations } = await contract();
    const scopes = Object.fromEntries(
      operations.map(({ id, operation }) => [
        id,
        operation.security.flatMap((requirement) => requirement['bearer'] ?? []),
      ]),
    );
    expect(scopes).toMatchObject({ createAnswer: ['ask'], getArticle: ['read'], isAlive: [] });
  });

  it('has examples that its own schemas accept', async () => {
    const { document, operations, faults } = await contract();
    const contents = [
      ...operations.flatMap(({ operation }) => [
        operation.requestBody?.content ?? {},
        ...Object.values(operation.responses).map((response) =>
          'content' in response ? (response.content ?? {}) : {},
        ),
      ]),
      ...Object.values(document.components.responses).map(({ content = {} }) => content),
    ];
    const examples = contents
      .flatMap((content) => Object.values(content))
      .filter(({ example }) => example !== undefined);
    expect(examples.length).toBeGreaterThan(40);
    expect(examples.flatMap(({ schema, example }) => faults(schema, example))).toEqual([]);
  });

  it('is checked strictly: what it does not name is a fault, at any depth', async () => {
    const { faults } = await contract();
    const answer = sampleAnswer();
    const schema = { $ref: '#/components/schemas/Answer' };
    expect(faults(schema, answer)).toEqual([]);
    expect(faults(schema, { ...answer, mood: 'calm' })).toHaveLength(1);
    expect(faults(schema, { ...answer, receipt: { ...answer.receipt, region: 'north' } })).toHaveLength(1);
    expect(faults(schema, { ...answer, citations: [{ n: 1 }] }).length).toBeGreaterThan(1);
  });

  it('gives each operation that takes a body an example of one', async () => {
    const { operations } = await contract();
    const bodies = operations.flatMap(({ operation }) => operation.requestBody ?? []);
    expect(bodies.map(({ content }) => content['application/json']?.example)).not.toContain(undefined);
  });
});

describe('the example of an answer', () => {
  it('has the hash that the description tells how to compute', async () => {
    const { document, operations } = await contract();
    expect(document.info.description).toContain('Remove `id`, `receipt.createdAt` and `receipt.sha256`');
    const answered = operations.find(({ id }) => id === 'getAnswer')?.operation.responses['200'];
    const example = answered && 'content' in answered && answered.content?.['application/json']?.example;
    const { stated, computed } = receiptHashes(example);
    expect(computed).toBe(stated);
  });
});

describe('the page about the API', () => {
  it('is a page of this server alone: nothing inline, nothing from elsewhere', async () => {
    const { url } = await serve();
    const response = await fetch(`${url}/docs`);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    const page = await response.text();
    expect(page).not.toMatch(/ style=|<style|<script(?![^>]* src=)|(?:src|href)="(?:https?:)?\/\//u);
  });
});
