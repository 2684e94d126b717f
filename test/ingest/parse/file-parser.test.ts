import { afterEach, describe, expect, it } from 'vitest';

import { createFileParser } from '../../../src/ingest/parse/file-parser.ts';
import type { FileParser } from '../../../src/ingest/parse/parsed-file.ts';
import { watchTurns } from '../../support/longest-turn.ts';

/** A thread that does what the name of the file says; a failure of each file is the number of its thread. */
const script = `
  import { parentPort, threadId } from 'node:worker_threads';
  const kept = [];
  const pause = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  parentPort.on('message', ({ file }) => {
    if (file === 'hang') for (;;);
    if (file === 'regex') /^(a+)+$/.test('a'.repeat(60) + 'b');
    if (file === 'exit') process.exit(3);
    if (file === 'throw') throw new Error('broken');
    if (file === 'buffers') for (;;) { kept.push(Buffer.alloc(4e6, 1)); pause(2); }
    if (file === 'heap') for (;;) { kept.push(Array.from({ length: 2e5 }, (_, i) => ({ i }))); pause(2); }
    if (file === 'slow') pause(300);
    parentPort.postMessage({ kind: 'parsed', parsed: { articles: [], failures: [file + ' ' + threadId] } });
  });
  parentPort.postMessage({ kind: 'ready' });
`;
const module = new URL(`data:text/javascript,${encodeURIComponent(script)}`);

const open: FileParser[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((parser) => parser.close()));
});

function parserOf(options: { workers?: number; timeoutMs?: number; memoryMb?: number; module?: URL } = {}) {
  const parser = createFileParser({ workers: 2, timeoutMs: 10_000, memoryMb: 64, module, ...options });
  open.push(parser);
  return parser;
}

async function read(parser: FileParser, file: string, signal?: AbortSignal): Promise<string> {
  const bytes = new TextEncoder().encode('text');
  const parsed = await parser.parse({ file, bytes, hints: {} }, signal ? { signal } : {});
  return parsed.failures.join(' ');
}

describe('a file that takes too long', () => {
  it.each(['hang', 'regex'])('is given up, and the next one is read (%s)', async (file) => {
    const parser = parserOf({ timeoutMs: 300 });
    expect(await read(parser, file)).toBe(
      'It took more than 0.3 seconds to read. Divide it into smaller files, or raise PARSE_TIMEOUT_MS.',
    );
    expect(await read(parser, 'next')).toMatch(/^next /u);
  });

  it('is not one that only waited', async () => {
    const parser = parserOf({ workers: 1, timeoutMs: 700 });
    const all = await Promise.all(['slow', 'slow', 'slow'].map((file) => read(parser, file)));
    expect(all).toEqual([all[0], all[0], all[0]]);
    expect(all[0]).toMatch(/^slow /u);
  });
});

describe('a file that takes too much memory', () => {
  it.each(['buffers', 'heap'])('is found among those that are read with it (%s)', async (file) => {
    const parser = parserOf();
    const [bad, good] = await Promise.all([read(parser, file), read(parser, 'slow'), read(parser, 'next')]);
    expect(bad).toBe(
      'Reading it took more than 64 MB of memory. Divide it into smaller files, or raise PARSE_MEMORY_MB.',
    );
    expect(good).toMatch(/^slow /u);
  });
});

describe('a file that breaks its reader', () => {
  it.each(['exit', 'throw'])('fails, and no other one does (%s)', async (file) => {
    const parser = parserOf();
    const [bad, good] = await Promise.all([read(parser, file), read(parser, 'slow')]);
    expect(bad).toMatch(/^Its reader broke down\. /u);
    expect(good).toMatch(/^slow /u);
  });
});

describe('a file parser', () => {
  it('reads with no more threads than it may', async () => {
    const parser = parserOf({ workers: 2 });
    const all = await Promise.all(Array.from({ length: 12 }, () => read(parser, 'any')));
    expect(new Set(all).size).toBeLessThanOrEqual(2);
  });

  it('reads in the order of asking', async () => {
    const parser = parserOf({ workers: 1 });
    const names = ['a', 'b', 'c', 'd', 'e'];
    const ended: string[] = [];
    await Promise.all(names.map(async (name) => ended.push((await read(parser, name)).slice(0, 1))));
    expect(ended).toEqual(names);
  });

  it('hands over every article of a table in order, however many, without holding anybody up', async () => {
    const parser = createFileParser({ workers: 1, timeoutMs: 30_000, memoryMb: 1_000 });
    open.push(parser);
    const ids = Array.from({ length: 1_250 }, (_, number) => `row-${number}`);
    const rows = ids.map((id) =>
      JSON.stringify({ id, title: `Title of ${id}`, text: `The words of ${id}.` }),
    );
    const input = { file: 'rows.jsonl', bytes: new TextEncoder().encode(rows.join('\n')), hints: {} };
    for (let round = 0; round < 2; round += 1) {
      const stop = watchTurns();
      const { articles, failures } = await parser.parse(input);
      expect(stop()).toBeLessThan(50);
      expect(articles.map(({ article }) => article.id)).toEqual(ids);
      expect(failures).toEqual([]);
    }
  });

  it('leaves the bytes with the caller', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    await parserOf().parse({ file: 'any', bytes, hints: {} });
    expect(Array.from(bytes)).toEqual([1, 2, 3]);
  });

  it('stops reading when it is told to, and reads what comes after', async () => {
    const parser = parserOf({ workers: 1 });
    const controller = new AbortController();
    const hanging = read(parser, 'hang', controller.signal);
    const waiting = read(parser, 'next', controller.signal);
    const other = read(parser, 'other');
    controller.abort(new Error('enough'));
    await expect(hanging).rejects.toThrow('enough');
    await expect(waiting).rejects.toThrow('enough');
    expect(await other).toMatch(/^other /u);
    await expect(read(parser, 'any', controller.signal)).rejects.toThrow('enough');
  });

  it('ends everything when it is closed', async () => {
    const parser = parserOf({ workers: 1 });
    const reading = [read(parser, 'hang'), read(parser, 'next')].map((promise) =>
      expect(promise).rejects.toMatchObject({ code: 'unavailable' }),
    );
    await parser.close();
    await Promise.all(reading);
    await expect(read(parser, 'later')).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('says so when no thread can be started', async () => {
    const parser = parserOf({ module: new URL('data:text/javascript,throw new Error("no start")') });
    await expect(read(parser, 'any')).rejects.toMatchObject({
      code: 'unavailable',
      message: 'No thread can be started that reads files: no start.',
    });
  });
});
