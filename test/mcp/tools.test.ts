import { join } from 'node:path';
import process from 'node:process';

import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { bayArticles } from '../support/bay-articles.ts';
import { createFolder, projectDir, type TemporaryFolder, writeFiles } from '../support/folders.ts';
import { type FootnoteServer, serveFootnote } from '../support/footnote-server.ts';

const span = z.object({ start: z.int(), end: z.int() });
const answer = z.object({
  id: z.string(),
  language: z.string(),
  outcome: z.string(),
  text: z.string(),
  sentences: z.array(
    z.object({ text: z.string(), start: z.int(), end: z.int(), citations: z.array(z.int()) }),
  ),
  citations: z.array(
    z.object({
      n: z.int(),
      articleId: z.string(),
      articleVersion: z.string(),
      quote: z.string(),
      source: span,
    }),
  ),
  nearest: z.array(z.object({ quote: z.string() })),
});
const search = z.object({
  results: z.array(
    z.object({ articleId: z.string(), passageId: z.string(), text: z.string(), source: span }),
  ),
});
const reading = z.object({
  articleId: z.string(),
  source: span,
  text: z.string(),
  length: z.int().optional(),
  next: z.int().optional(),
});
const verified = z.object({
  status: z.string(),
  spans: z.array(span),
  count: z.int(),
  similar: z.array(z.object({ text: z.string(), differsIn: z.string(), similarity: z.number() })),
});
const callResult = z.object({
  content: z.array(z.object({ type: z.literal('text'), text: z.string() })).length(1),
  structuredContent: z.unknown().optional(),
  isError: z.boolean().optional(),
});

let folder: TemporaryFolder;
let footnote: FootnoteServer;

beforeAll(async () => {
  folder = await createFolder();
  await writeFiles(`${folder.path}/corpus`, bayArticles);
  footnote = await serveFootnote({ CORPUS_DIR: `${folder.path}/corpus`, INDEX_DIR: `${folder.path}/index` });
  await footnote.assistant.ingest();
});

afterAll(async () => {
  await footnote.close();
  await folder.remove();
});

const overHttp = (): Transport => new StreamableHTTPClientTransport(new URL(`${footnote.url}/mcp`));

// As a desktop program starts it, with an index of its own, so that the first start builds one.
const overStdio = (): Transport =>
  new StdioClientTransport({
    command: process.execPath,
    args: [join(projectDir, 'dist', 'cli', 'mcp.js'), '--index', `${folder.path}/index-stdio`],
    cwd: folder.path,
    env: { ...getDefaultEnvironment(), CORPUS_DIR: `${folder.path}/corpus`, EMBEDDING_WORKERS: '1' },
    stderr: 'pipe',
  });

describe.each([
  ['streamable HTTP', overHttp],
  ['stdio', overStdio],
])('the MCP tools over %s', (_name, transport) => {
  let client: Client;
  const faults: Error[] = [];

  beforeAll(async () => {
    client = new Client({ name: 'test', version: '1' });
    // oxlint-disable-next-line unicorn/prefer-add-event-listener
    client.onerror = (error) => faults.push(error);
    await client.connect(transport());
  });

  afterAll(async () => {
    await client.close();
    if (faults.length > 0) throw new AggregateError(faults, 'Not all that was sent is the protocol.');
  });

  const callTool = async (name: string, args: Record<string, unknown>) =>
    callResult.parse(await client.callTool({ name, arguments: args }));

  async function call<T>(name: string, args: Record<string, unknown>, schema: z.ZodType<T>) {
    const { content, structuredContent, isError } = await callTool(name, args);
    if (isError === true) throw new Error(content[0]?.text);
    return { data: schema.parse(structuredContent), text: content[0]?.text ?? '' };
  }

  it('are four, described with schemas, and change nothing', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['ask', 'search_articles', 'read_passage', 'verify_quote']);
    for (const tool of tools) {
      expect(tool.description).toMatch(/^\p{Lu}.{60,}\.$/u);
      expect(tool.annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false });
      expect(tool.inputSchema.properties).not.toEqual({});
      expect(tool.outputSchema?.type).toBe('object');
    }
    expect(tools[0]?.inputSchema).toMatchObject({
      required: ['question'],
      properties: {
        question: { type: 'string', maxLength: 2_000 },
        language: { enum: ['en', 'vi'] },
        topK: { type: 'integer', minimum: 1, maximum: 50 },
        history: { type: 'array' },
        filters: { type: 'object' },
        now: { type: 'string' },
      },
    });
    expect(client.getServerVersion()).toMatchObject({ name: 'footnote' });
    expect(client.getInstructions()).toContain('never instructions');
  });

  it.each([
    ['How many stalls does the Saturday market of Osprey Bay have?', 'en', '62 stalls', 'market'],
    ['Hải đăng Mũi Sếu được xây dựng năm nào?', 'vi', '1903', 'hai-dang'],
  ])('ask: %s', async (question, language, words, articleId) => {
    const { data, text } = await call('ask', { question }, answer);
    expect(data).toMatchObject({ language, outcome: 'answered' });
    expect(data.text).toContain(words);
    expect(data.sentences[0]?.text).toContain(words);
    expect(data.sentences[0]?.text).toBe(data.text.slice(data.sentences[0]?.start, data.sentences[0]?.end));
    expect(data.citations[0]?.articleId).toBe(articleId);
    for (const { n, quote, source, articleId: id, articleVersion: version } of data.citations) {
      const article = await footnote.assistant.article(id);
      expect(article.version).toBe(version);
      expect(article.text.slice(source.start, source.end)).toBe(quote);
      expect(text).toContain(`[${n}] “${article.title}”`);
      expect(text).toContain(`\n> ${quote}`);
    }
  });

  it('ask: follows up, restricts, declines and shows what is near', async () => {
    const history = [
      { role: 'user', content: 'When was the lighthouse of Lantern Island built?' },
      { role: 'assistant', content: 'The lighthouse of Lantern Island was built in 1904.' },
    ];
    const followUp = await call('ask', { question: 'And who built it?', history, language: 'en' }, answer);
    expect(followUp.data.text).toContain('Amos Pellow');
    const question = 'How many passengers did the electric ferry carry in its first year?';
    const filters = { publishedTo: '2023-12-31' };
    expect((await call('ask', { question, topK: 5 }, answer)).data.text).toContain('310,000');
    expect((await call('ask', { question, filters }, answer)).data.text).not.toContain('310,000');
    const salary = 'What is the salary of the harbour master Tobias Quill?';
    const declined = await call('ask', { question: salary, now: '2024-07-01T00:00:00Z' }, answer);
    expect(declined.data.outcome).toBe('declined');
    expect(declined.text).toContain('Outcome: declined');
    for (const { quote } of declined.data.nearest) expect(declined.text).toContain(`> ${quote}`);
  });

  it('ask: tells how far it is, in order', async () => {
    const told: { progress: number; message?: string | undefined }[] = [];
    await client.callTool(
      { name: 'ask', arguments: { question: 'When was the lighthouse of Lantern Island built?' } },
      undefined,
      { onprogress: (progress) => told.push(progress) },
    );
    // The SDK's client forgets who listens as soon as the result is there, with what came right before it.
    const expected = ['Searching the articles', /^Passages found: [1-9]/u, 'Sentence 1: supported'];
    expect(told.length).toBeGreaterThan(0);
    told.slice(0, expected.length).forEach(({ message = '' }, index) => {
      expect(message).toMatch(expected[index] ?? '');
    });
    expect(told.map(({ progress }) => progress)).toEqual(told.map((_, index) => index + 1));
  });

  it.each([
    ['smoked cheese and apples', 'market'],
    ['gian hàng bán hải sản', 'cho-dem'],
  ])('search_articles and read_passage: %s', async (query, articleId) => {
    const { data, text } = await call('search_articles', { query, topK: 2 }, search);
    const [first] = data.results;
    expect(first?.articleId).toBe(articleId);
    expect(data.results.length).toBeLessThanOrEqual(2);
    expect(text).toContain(`passage ${first?.passageId}:\n> ${first?.text.split('\n')[0]}`);

    const passage = await call('read_passage', { passageId: first?.passageId }, reading);
    expect(passage.data).toMatchObject({ articleId, text: first?.text, source: first?.source });
    const spanOf = await call('read_passage', { articleId, ...first?.source }, reading);
    expect(spanOf.data.text).toBe(first?.text);
    const whole = await call('read_passage', { articleId }, reading);
    expect(whole.data.text).toBe((await footnote.assistant.article(articleId)).text);
    expect(whole.data.next).toBeUndefined();
  });

  it.each([
    [
      'lighthouse',
      'Its lamp can be seen from 27 kilometres away.',
      'its LAMP can be seen, from 27 kilometres',
    ],
    ['hai-dang', 'Ngọn hải đăng cao 42 mét và chiếu xa 35 cây số.', 'Ngon hai dang cao 42 met va chieu xa'],
  ])('verify_quote: tells exact, moved and missing in %s', async (articleId, quote, alike) => {
    const { text, version } = await footnote.assistant.article(articleId);
    const start = text.indexOf(quote);
    const place = { start, end: start + quote.length };
    const exact = { status: 'exact', spans: [place], count: 1, similar: [] };
    for (const args of [{}, { start }, { version }, { quote: ` ${quote.normalize('NFD')}\n` }]) {
      expect((await call('verify_quote', { articleId, quote, ...args }, verified)).data).toEqual(exact);
    }
    const moved = await call('verify_quote', { articleId, quote, start: start + 1 }, verified);
    expect(moved.data).toEqual({ ...exact, status: 'moved' });
    const missing = await call('verify_quote', { articleId, quote: alike }, verified);
    expect(missing.data).toMatchObject({
      status: 'missing',
      spans: [],
      similar: [{ differsIn: 'wording', similarity: 1 }],
    });
    expect(missing.text).toContain(`> ${missing.data.similar[0]?.text}`);
    const changed = await call('verify_quote', { articleId, quote: quote.replace(/\d+/u, '99') }, verified);
    expect(changed.data).toMatchObject({ status: 'missing', similar: [{ differsIn: 'words' }] });
    const other = await call('verify_quote', { articleId, quote: 'Nobody ever wrote this.' }, verified);
    expect(other.data).toEqual({ status: 'missing', spans: [], count: 0, similar: [] });
  });

  it('answer mistakes with plain tool errors', async () => {
    const message = async (name: string, args: Record<string, unknown>) => {
      const { content, isError } = await callTool(name, args);
      expect(isError).toBe(true);
      return content[0]?.text;
    };
    expect(await message('read_passage', { articleId: 'nowhere' })).toBe(
      'There is no article with the id "nowhere".',
    );
    expect(await message('verify_quote', { articleId: 'nowhere', quote: 'x' })).toContain('nowhere');
    expect(await message('read_passage', { passageId: '../../etc/passwd' })).toContain('There is no passage');
    expect(await message('read_passage', {})).toBe('Give either a passageId or an articleId.');
    expect(await message('read_passage', { articleId: 'market', start: 9_999 })).toContain(
      'no text from 9999',
    );
    expect(await message('ask', { question: '   ' })).toContain('question');
    expect(await message('ask', { question: 'x'.repeat(2_001) })).toContain('question');
    expect(await message('ask', { question: 'Why?', filters: { tag: 'a' } })).toContain('filters');
    expect(await message('forget_everything', {})).toContain('not found');
  });
});
