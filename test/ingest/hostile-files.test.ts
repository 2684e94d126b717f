import { performance } from 'node:perf_hooks';

import { afterAll, describe, expect, it } from 'vitest';

import { createFileParser } from '../../src/ingest/parse/file-parser.ts';
import { hostileFiles, isLimit } from '../support/hostile-files.ts';

// Some of them always take it whole.
const timeoutMs = 1_500;
const parser = createFileParser({ workers: 2, timeoutMs, memoryMb: 192 });
afterAll(() => parser.close());

const encode = (text: string) => new TextEncoder().encode(text);

async function read(file: string, bytes: Uint8Array) {
  return parser.parse({ file, bytes, hints: {} });
}

describe('a hostile file', () => {
  it.each(hostileFiles)('is read or refused in time: $what', async ({ file, make, says }) => {
    const bytes = make();
    const begin = performance.now();
    const { articles, failures } = await read(file, bytes);
    // Twice, where it was read again alone; and what it takes to start and to end threads.
    expect(performance.now() - begin).toBeLessThan(2 * timeoutMs + 20_000);
    for (const failure of failures) {
      expect(failure).toMatch(/^[\p{Lu}].{10,500}\.$/u);
      expect(failure).not.toMatch(/\bat .*:\d+|undefined|\[object/u);
    }
    const isRefused = articles.length === 0 && failures.some((text) => says?.test(text) ?? true);
    const isGivenUp = articles.length === 0 && failures.some(isLimit);
    expect(isRefused || isGivenUp || (!says && articles.length > 0)).toBe(true);
  });

  it('leaves those who come after it alone', async () => {
    const { articles, failures } = await read(
      'a/b.md',
      encode('# A bridge\n\nThe bridge was opened on Monday.'),
    );
    expect(failures).toEqual([]);
    expect(articles.map(({ article }) => [article.id, article.title])).toEqual([['a-b', 'A bridge']]);
  });
});
