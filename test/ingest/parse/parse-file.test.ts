import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { articleExtensions } from '../../../src/ingest/extract/article-extensions.ts';
import { maxArticleLength } from '../../../src/ingest/limits.ts';
import { articleId } from '../../../src/ingest/parse/article-id.ts';
import { parseFile } from '../../../src/ingest/parse/parse-file.ts';
import type { FileHints } from '../../../src/ingest/parse/parsed-file.ts';
import { docx, epub } from '../../support/hostile-archives.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const body = 'The council of Haiphong opened a bridge across the river on Monday.';

async function parse(file: string, text: string, hints: FileHints = {}) {
  return parseFile({ file, bytes: encode(text), hints });
}

describe('parseFile', () => {
  it('gives the article with its passages and its signature', async () => {
    const { articles, failures } = await parse('news/bridge.md', `# A bridge\n\n${`${body} `.repeat(10)}`);
    expect(failures).toEqual([]);
    expect(articles[0]?.article).toMatchObject({ id: 'news-bridge', title: 'A bridge', language: 'en' });
    expect(articles[0]?.passages.length).toBeGreaterThan(0);
    expect(articles[0]?.signature).toBeInstanceOf(Uint32Array);
  });

  it('refuses a text that is longer than an article may be', async () => {
    const { articles, failures } = await parse('long.txt', 'word '.repeat(maxArticleLength / 5 + 1));
    expect(articles).toEqual([]);
    expect(failures).toEqual([
      'Its text has 2000004 characters; at most 2000000 are read. Divide it into several articles.',
    ]);
  });

  it('removes characters that turn the writing around or cannot be seen', async () => {
    const hidden = '\u202e\u2066\u200b\u200f';
    const text = `---\ntitle: A${hidden} bridge\nauthor: Jane${hidden} Doe\n---\n\nThe ${hidden}bridge is open.`;
    const page = `<!doctype html><html><head><title>A${hidden} bridge</title><meta name="author" content="Jane${hidden} Doe"></head><body><p>The ${hidden}bridge is open.</p></body></html>`;
    for (const parsed of [await parse('a.md', text), await parse('a.html', page)]) {
      expect(parsed.failures).toEqual([]);
      expect(JSON.stringify(parsed.articles)).not.toMatch(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u);
      expect(parsed.articles[0]?.article).toMatchObject({ title: 'A bridge', author: 'Jane Doe' });
    }
  });

  it('never rejects, whatever the bytes', async () => {
    const valid = [
      encode(`---\ntitle: A\n---\n# B\n\n${body}`),
      docx(`<w:p><w:r><w:t>${body}</w:t></w:r></w:p>`),
      epub(`<p>${body}</p>`),
    ];
    const mutated = fc
      .tuple(fc.constantFrom(...valid), fc.array(fc.tuple(fc.nat(2_000), fc.nat(255)), { maxLength: 8 }))
      .map(([bytes, changes]) => {
        const copy = new Uint8Array(bytes);
        for (const [place, value] of changes) copy[place % copy.length] = value;
        return copy;
      });
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 500 }), mutated);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...articleExtensions), bytes, async (extension, content) => {
        const { articles, failures } = await parseFile({ file: `a${extension}`, bytes: content, hints: {} });
        expect(articles.length + failures.length).toBeGreaterThan(0);
      }),
      { numRuns: 60, seed: 6 },
    );
  });
});

describe('the id of an article', () => {
  const none = { given: undefined, own: undefined, key: undefined };

  it('is the given one, else its own, else made of the path', () => {
    expect(articleId('a/b.md', { ...none, given: 'x', own: 'y' })).toBe('x');
    expect(articleId('a/b.md', { ...none, own: 'y' })).toBe('y');
    expect(articleId('a/b.md', none)).toBe('a-b');
    expect(articleId('日本.md', none)).toBeUndefined();
  });

  it('says nothing of how the file came', () => {
    expect(articleId('added/b.md', none)).toBe('b');
    expect(articleId('added/web/example.org/b-1a2b.html', none)).toBe('example-org-b-1a2b');
  });

  it('ends with the key in a file of many, however long the path', () => {
    expect(articleId('news.csv', { ...none, key: '7' })).toBe('news-7');
    expect(articleId('news.csv', { ...none, key: 'v1.2' })).toBe('news-v1-2');
    expect(articleId('news.csv', { ...none, own: 'mine', key: '7' })).toBe('mine');
    expect(articleId(`${'long-'.repeat(40)}.csv`, { ...none, key: '7' })).toMatch(/^long-.*-7$/u);
  });
});
