import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { bayArticles } from '../support/bay-articles.ts';
import { createFolder, projectDir, type TemporaryFolder, writeFiles } from '../support/folders.ts';

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await createFolder();
  await writeFiles(`${folder.path}/corpus`, bayArticles);
});

afterAll(() => folder.remove());

const initialize = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 'test', version: '1' },
  },
};
const call = (id: number, name: string, args: object) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: args },
});

/** The command as a child process that is written to by hand. */
function start(options: readonly string[]) {
  const { PATH = '', HOME = '' } = process.env;
  const script = join(projectDir, 'dist', 'cli', 'mcp.js');
  const child = spawn(process.execPath, [script, ...options], {
    cwd: folder.path,
    env: { PATH, HOME, EMBEDDING_WORKERS: '1' },
  });
  const output = collectOutput(child);
  return {
    child,
    send: (...messages: readonly object[]) => {
      for (const message of messages) child.stdin.write(`${JSON.stringify(message)}\n`);
    },
    /** Ends the input, and gives what came until the process ended. */
    async end() {
      child.stdin.end();
      await once(child, 'close');
      return { code: child.exitCode, ...output };
    },
    output,
  };
}

function collectOutput({ stdout, stderr }: ChildProcessWithoutNullStreams) {
  const output = { stdout: '', stderr: '' };
  stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  return output;
}

function messagesIn(stdout: string): unknown[] {
  const lines = stdout.split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line): unknown => JSON.parse(line));
}

const places = () => ['--corpus', `${folder.path}/corpus`, '--index', `${folder.path}/index`];

describe('npm run -s mcp', () => {
  it('writes nothing but the protocol to standard output, while it builds the index too', async () => {
    const mcp = start(places());
    mcp.send(initialize, { jsonrpc: '2.0', method: 'notifications/initialized' });
    mcp.send(call(1, 'search_articles', { query: 'chợ đêm', topK: 1 }));
    await expect.poll(() => mcp.output.stdout, { timeout: 20_000 }).toContain('"id":1');
    const { code, stdout, stderr } = await mcp.end();
    expect(code).toBe(0);
    expect(messagesIn(stdout)).toMatchObject([
      { id: 0, result: { serverInfo: { name: 'footnote' } } },
      { id: 1, result: { structuredContent: { results: [{ articleId: 'cho-dem' }] } } },
    ]);
    expect(stderr).toMatch(/^Embedding 100 %/mu);
  });

  it('answers no call that was cancelled, and ends with its input', async () => {
    const mcp = start(['--corpus', `${folder.path}/corpus`, '--index', `${folder.path}/other-index`]);
    mcp.send(initialize, { jsonrpc: '2.0', method: 'notifications/initialized' });
    // It waits for the index, so it is under way when the cancellation comes.
    mcp.send(call(1, 'ask', { question: 'How many stalls does the market have?' }), {
      jsonrpc: '2.0',
      method: 'notifications/cancelled',
      params: { requestId: 1 },
    });
    mcp.send(call(2, 'verify_quote', { articleId: 'market', quote: '62 stalls' }));
    await expect.poll(() => mcp.output.stdout, { timeout: 20_000 }).toContain('"id":2');
    const { code, stdout } = await mcp.end();
    expect(code).toBe(0);
    expect(messagesIn(stdout)).toMatchObject([{ id: 0 }, { id: 2 }]);
  });

  it('says in each call that there is nothing to answer from, and why on standard error', async () => {
    const mcp = start(['--corpus', `${folder.path}/nowhere`, '--index', `${folder.path}/empty-index`]);
    mcp.send(initialize, { jsonrpc: '2.0', method: 'notifications/initialized' });
    mcp.send(call(1, 'ask', { question: 'How many stalls does the market have?' }));
    await expect.poll(() => mcp.output.stdout, { timeout: 20_000 }).toContain('"id":1');
    const { stdout, stderr } = await mcp.end();
    expect(messagesIn(stdout)).toMatchObject([{ id: 0 }, { id: 1, result: { isError: true } }]);
    expect(stdout).not.toContain(folder.path);
    expect(stderr).toContain('nowhere');
  });

  it('stops when it is told to', async () => {
    const mcp = start(places());
    mcp.send(initialize);
    await expect.poll(() => mcp.output.stdout, { timeout: 20_000 }).toContain('"id":0');
    mcp.child.kill('SIGTERM');
    await once(mcp.child, 'close');
    expect(messagesIn(mcp.output.stdout)).toHaveLength(1);
  });
});
