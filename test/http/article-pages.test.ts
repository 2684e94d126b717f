import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import type { ArticleSummary } from '../../src/domain/article.ts';
import { problemIn, serve } from './support/serve.ts';

const article = (id: string, publishedAt?: string): ArticleSummary => ({
  id,
  version: 'c0ffee00'.repeat(8),
  title: `About ${id}`,
  language: 'en',
  length: 9,
  ...(publishedAt !== undefined && { publishedAt }),
});

const all = [
  article('newest', '2024-06-01'),
  article('a', '2024-05-01'),
  article('b', '2024-05-01'),
  article('undated-a'),
  article('undated-b'),
];

const page = z.object({
  articles: z.array(z.looseObject({ id: z.string() })),
  nextCursor: z.string().optional(),
});

/** Serves `articles` as the index does: from behind one of them, as many as asked for. */
async function serveArticles(articles: readonly ArticleSummary[] = all) {
  const { url } = await serve({
    script: {
      articles: async (_filters, { after, limit } = {}) => {
        const start = after ? articles.findIndex(({ id }) => id === after.id) + 1 : 0;
        return articles.slice(start, start + (limit ?? articles.length));
      },
    },
  });
  return async (query: string) => fetch(`${url}/api/articles${query}`);
}

describe('GET /api/articles?limit=&cursor=', () => {
  it.each([1, 2, 3, 5])('leads through all articles, %i at a time', async (limit) => {
    const list = await serveArticles();
    const pages: string[][] = [];
    let cursor = '';
    do {
      const { articles, nextCursor } = page.parse(await (await list(`?limit=${limit}${cursor}`)).json());
      pages.push(articles.map(({ id }) => id));
      cursor = nextCursor === undefined ? '' : `&cursor=${nextCursor}`;
    } while (cursor !== '');
    expect(pages.flat()).toEqual(all.map(({ id }) => id));
    expect(pages.map(({ length }) => length)).toEqual([
      ...Array.from({ length: Math.ceil(5 / limit) - 1 }, () => limit),
      5 % limit || limit,
    ]);
  });

  it('lists all of them, as ever, where no page is asked for', async () => {
    const list = await serveArticles();
    expect(await (await list('')).json()).toEqual({ articles: all });
  });

  it('gives a page of 50 where only a cursor is given', async () => {
    const many = Array.from({ length: 70 }, (_, index) => article(`a${String(index).padStart(2, '0')}`));
    const list = await serveArticles(many);
    const { nextCursor = '' } = page.parse(await (await list('?limit=10')).json());
    expect(nextCursor).toMatch(/^[\w-]+$/u);
    const second = page.parse(await (await list(`?cursor=${nextCursor}`)).json());
    expect([second.articles.length, second.articles[0]?.id]).toEqual([50, 'a10']);
  });

  const encoded = (text: string) => Buffer.from(text).toString('base64url');

  it.each([
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['cursor=', 'cursor'],
    ['cursor=junk', 'cursor'],
    [`cursor=${'A'.repeat(5_000)}`, 'cursor'],
    [`cursor=${encoded('["a"]')}`, 'cursor'],
    [`cursor=${encoded('["a","yesterday"]')}`, 'cursor'],
    [`cursor=${encoded('{"id":"a"}')}`, 'cursor'],
    [`cursor=${encoded('["a", null]')}`, 'cursor'],
    [`cursor=${encoded('["a",null]')}=`, 'cursor'],
    [`cursor=${encoded('["a",null]')}&cursor=${encoded('["a",null]')}`, 'cursor'],
  ])('refuses ?%s', async (query, path) => {
    const list = await serveArticles();
    expect(await problemIn(await list(`?${query}`))).toMatchObject({ status: 400, errors: [{ path }] });
  });

  it('says 304 to who has the list, or its page, already', async () => {
    const list = await serveArticles();
    const { url } = await serve({ script: { articles: async () => all } });
    for (const query of ['', '?limit=2']) {
      const response = await list(query);
      const etag = response.headers.get('etag') ?? '';
      expect(etag).not.toBe('');
      expect(response.headers.get('cache-control')).toBe('no-cache');
      const again = await fetch(response.url, {
        headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' },
      });
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    }
    const other = await fetch(`${url}/api/articles`, { headers: { 'if-none-match': '"other"' } });
    expect(other.status).toBe(200);
  });
});
