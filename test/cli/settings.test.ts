import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { loadConfig } from '../../src/config.ts';
import { environmentSchema } from '../../src/environment.ts';
import { runCommand } from '../support/command.ts';
import { createFolder, projectDir, type TemporaryFolder, writeFiles } from '../support/folders.ts';

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await createFolder();
});

afterAll(() => folder.remove());

describe('a bad setting', () => {
  it.each([
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['TOP_K', '0'],
    ['TOP_K', '2.5'],
    ['EMBEDDINGS', 'word2vec'],
    ['EMBEDDINGS_LANGUAGES', 'en,fr'],
    ['EMBEDDING_WORKERS', '-1'],
    ['CHAT_MODEL', 'gpt'],
    ['CHAT_TEMPERATURE', '3'],
    ['CHAT_TIMEOUT_MS', 'soon'],
    ['CHAT_JUDGE', 'maybe'],
    ['CHAT_TRANSLATE_QUOTES', 'yes'],
    ['OPENAI_BASE_URL', 'ftp://example.org'],
    ['ANSWER_LANGUAGE', 'fr'],
    ['HNSW_M', '1'],
    ['MAX_BODY_BYTES', '1'],
    ['SHUTDOWN_TIMEOUT_MS', '-5'],
    ['ANSWER_RETENTION_DAYS', '-1'],
    ['API_KEYS', 'yes'],
    ['WIDGET_PUBLIC', '1'],
    ['RATE_LIMIT', '0'],
    ['MAX_CONCURRENT_ANSWERS', '0'],
    ['ANSWER_QUEUE', '-1'],
    ['MAX_CONCURRENT_READS', '0'],
    ['MAX_LOOP_DELAY_MS', '0'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '0'],
    ['TRUST_PROXY', '10.0.0.0/40'],
    ['TRUST_PROXY', 'proxy.example'],
    ['BASE_PATH', 'footnote'],
    ['BASE_PATH', '/a//b'],
    ['BASE_PATH', '//evil.example'],
    ['ALLOWED_ORIGINS', 'news.example'],
    ['ALLOWED_ORIGINS', 'https://news.example/page'],
    ['ALLOWED_ORIGINS', 'https://news.example,ftp://news.example'],
    ['ALLOWED_HOSTS', 'https://footnote.example'],
    ['ALLOWED_HOSTS', 'footnote.example:8080'],
    ['ALLOWED_HOSTS', 'footnote.example,,'],
    ['LOG_LEVEL', 'loud'],
    ['LOG_FORMAT', 'xml'],
    ['LOG_QUESTIONS', 'yes'],
    ['METRICS', 'true'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'localhost:4317'],
  ])('%s=%s is refused by name', (name, value) => {
    expect(() => loadConfig({ [name]: value })).toThrow(
      expect.objectContaining({ code: 'configuration', message: expect.stringContaining(name) }),
    );
  });

  it('ends any command with one line that names every bad variable, and exit code 2', async () => {
    const env = { PORT: '70000', TOP_K: 'many', CHAT_MODEL: 'gpt' };
    const commands = ['ask', 'ingest', 'serve'] as const;
    const results = await Promise.all(
      commands.map((command) => runCommand(command, ['question'], { cwd: folder.path, env })),
    );
    for (const { code, stdout, stderr } of results) {
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      const [problem = '', remedy, ...rest] = stderr.trimEnd().split('\n');
      for (const name of Object.keys(env)) expect(problem).toContain(`${name}: `);
      expect(remedy).toContain('.env.example');
      expect(rest).toEqual([]);
    }
  });

  it('from an option is named, too', async () => {
    const { code, stderr } = await runCommand('ask', ['--top-k', '51', 'question'], { cwd: folder.path });
    expect(code).toBe(2);
    expect(stderr).toContain('TOP_K: ');
  });
});

describe.concurrent('the command line', { timeout: 60_000 }, () => {
  it('refuses options that do not exist, with the usage and exit code 2', async () => {
    const { code, stdout, stderr } = await runCommand('ask', ['--colour', 'red'], { cwd: folder.path });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('--colour');
    expect(stderr).toContain('Usage: ');
  });

  it('explains itself with --help and exit code 0', async () => {
    const { code, stdout, stderr } = await runCommand('ingest', ['--help'], { cwd: folder.path });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const word of ['Usage: ', '--corpus', '--index']) expect(stdout).toContain(word);
  });

  it('names the package that another provider of chat models needs', async () => {
    const env = { CHAT_MODEL: 'mistralai:small' };
    const { code, stderr } = await runCommand('ask', ['question'], { cwd: folder.path, env });
    expect(code).toBe(2);
    expect(stderr).toContain('npm install @langchain/mistralai');
  });
});

describe('settings', () => {
  it('come from .env, the environment wins over it, and options win over both', async () => {
    const home = await createFolder();
    await writeFiles(home.path, { '.env': '# mine\nINDEX_DIR="from-file"\nTOP_K=\nPORT=4000\n' });
    // Without an index, the message names the folder where one was looked for.
    const lookedFor = async (args: string[], env: Record<string, string> = {}) => {
      const { code, stderr } = await runCommand('ask', [...args, 'question'], { cwd: home.path, env });
      expect(code).toBe(1);
      return stderr;
    };
    const [fromFile, fromEnvironment, fromOption] = await Promise.all([
      lookedFor([]),
      lookedFor([], { INDEX_DIR: 'from-environment' }),
      lookedFor(['--index', 'from-option'], { INDEX_DIR: 'from-environment' }),
    ]);
    expect(fromFile).toContain(join(home.path, 'from-file'));
    expect(fromEnvironment).toContain(join(home.path, 'from-environment'));
    expect(fromOption).toContain(join(home.path, 'from-option'));
    await home.remove();
  });

  it('name origins with or without a slash at the end, and every one by *', () => {
    const origins = (value: string) => loadConfig({ ALLOWED_ORIGINS: value }).allowedOrigins;
    expect(origins('')).toEqual([]);
    expect(origins('*')).toEqual(['*']);
    expect(origins('https://news.example/, http://localhost:8080')).toEqual([
      'https://news.example',
      'http://localhost:8080',
    ]);
  });

  it('name hosts in any case, and every one by *', () => {
    const hosts = (value: string) => loadConfig({ ALLOWED_HOSTS: value }).allowedHosts;
    expect(hosts('')).toEqual([]);
    expect(hosts('*')).toEqual(['*']);
    expect(hosts('Footnote.Example, footnote-2')).toEqual(['footnote.example', 'footnote-2']);
  });

  it('name proxies by their number or their addresses, and where they serve Footnote', () => {
    const proxy = (TRUST_PROXY: string, BASE_PATH = '') => loadConfig({ TRUST_PROXY, BASE_PATH }).proxy;
    expect(proxy('')).toEqual({ trusted: false, basePath: '' });
    expect(proxy('2', '/desk/footnote/')).toEqual({ trusted: 2, basePath: '/desk/footnote' });
    expect(proxy('10.0.0.0/8, loopback,2001:db8::/32', '/')).toEqual({
      trusted: ['10.0.0.0/8', 'loopback', '2001:db8::/32'],
      basePath: '',
    });
    expect(loadConfig({ RATE_LIMIT: 'off' }).traffic).not.toHaveProperty('requestsPerMinute');
  });

  it('are frozen', () => {
    const config = loadConfig();
    expect([config, config.hnsw, config.limits, config.embeddings].every(Object.isFrozen)).toBe(true);
  });
});

describe('.env.example', () => {
  it('lists every variable once, and no other', async () => {
    const names = (await exampleSettings()).map(([name]) => name);
    expect(names.toSorted()).toEqual(Object.keys(environmentSchema.shape).toSorted());
  });

  it('shows each default, and valid examples for what has none', async () => {
    const defaults = new Map(Object.entries(environmentSchema.parse({})));
    for (const [name, value] of await exampleSettings()) {
      const parsed = new Map(Object.entries(environmentSchema.parse(value === '' ? {} : { [name]: value })));
      if (defaults.get(name) === undefined) continue;
      expect([name, parsed.get(name)]).toEqual([name, defaults.get(name)]);
      const isText = typeof defaults.get(name) === 'string';
      expect([name, value === '' && !isText]).toEqual([name, false]);
    }
  });

  it('explains each variable in the lines above it', async () => {
    const text = await readFile(join(projectDir, '.env.example'), 'utf8');
    for (const paragraph of text.split(/\n{2,}/u).slice(1)) {
      expect(paragraph.split('\n')[0]).toMatch(/^# --- .+ -+$/u);
    }
  });

  async function exampleSettings(): Promise<(readonly [string, string])[]> {
    const text = await readFile(join(projectDir, '.env.example'), 'utf8');
    return Array.from(text.matchAll(/^#?([A-Z][A-Z0-9_]*)=(.*)$/gmu), ([, name = '', value = '']) => [
      name,
      value,
    ]);
  }
});
