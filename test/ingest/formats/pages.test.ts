import { describe, expect, it } from 'vitest';

import { parseFile } from '../../../src/ingest/parse/parse-file.ts';

const bridge = '<p>The council of Haiphong opened a bridge across the river on Monday.</p>';
const text = 'The council of Haiphong opened a bridge across the river on Monday.';
const head = '<head><title>A new bridge</title></head>';

async function read(page: string, file = 'page.html') {
  return parseFile({ file, bytes: new TextEncoder().encode(page), hints: {} });
}

describe('a web page written by hand', () => {
  it.each([
    ['without <html> and <head>', `<title>A new bridge</title><meta name=a content=b><body>${bridge}`],
    ['with a head and text behind it', `<html>${head}${bridge}`],
    ['without <body>', `<!doctype html>\n<title>A new bridge</title>\n${bridge}`],
    ['with text behind its body', `<html>${head}<body></body>${bridge}</html>`],
    ['with a head that does not end', `<html><head><title>A new bridge</title><body>${bridge}`],
    ['with <body> in a comment', `<!-- <body> --><title>A new bridge</title>${bridge}`],
    [
      'with <body> in a script',
      `<html><head><title>A new bridge</title><script>"<body>"</script></head>${bridge}`,
    ],
    ['with <body> in <noscript>', `<html>${head}<noscript><body></noscript><body>${bridge}</body></html>`],
    [
      'with <body> in an attribute',
      `<html><head><title>A new bridge</title><meta name="x" content="a > <body>"></head><body>${bridge}`,
    ],
    [
      'in capitals',
      `<HTML LANG="en"><HEAD><TITLE>A new bridge</TITLE></HEAD><BODY><SCRIPT>x</SCRIPT>${bridge}</BODY></HTML>`,
    ],
    [
      'in XHTML with an XML declaration',
      `<?xml version="1.0"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml"><head><title>A new bridge</title><script src="x.js"/></head><body><a id="x"/>${bridge}</body></html>`,
    ],
  ])('%s is read', async (_, page) => {
    const { articles, failures } = await read(page);
    expect(failures).toEqual([]);
    expect(articles[0]?.article).toMatchObject({ title: 'A new bridge', text });
  });

  it('with two bodies is read whole', async () => {
    const { articles } = await read(
      `<html>${head}<body><p>The ferry goes no more.</p></body><body>${bridge}</body></html>`,
    );
    expect(articles[0]?.article.text).toBe(`The ferry goes no more.\n\n${text}`);
  });

  it('of very many short paragraphs is read in seconds', async () => {
    const started = performance.now();
    const { articles } = await read(`<body>${'<p>word</p>'.repeat(15_000)}<p>The end is here.</p></body>`);
    expect(articles).toHaveLength(1);
    // It took time with the square of their number.
    expect(performance.now() - started).toBeLessThan(8_000);
  });

  it('with tags that never end is read in seconds', async () => {
    const started = performance.now();
    for (const tag of ['a'.repeat(2_000_000), 'a x'.repeat(700_000), 'a ="'.repeat(300_000)]) {
      await read(`<p>${text}</p><${tag}`);
      await read(`${bridge}${'<script>'.repeat(100_000)}`);
    }
    expect(performance.now() - started).toBeLessThan(8_000);
  });
});

describe('what is wrong with front matter', () => {
  const aliases = Array.from({ length: 12 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n},`.repeat(10)}]`);

  it.each([
    [
      `a0: &a0 x\n${aliases.join('\n')}\ntitle: *a12`,
      'The front matter is not valid. Its aliases (*name) repeat so much that it would fill the memory. Mend the lines between the --- marks at the top of the file.',
    ],
    [
      `title: ${'['.repeat(20_000)}`,
      'The front matter is not valid. Its lists or objects stand in one another too deeply. Mend the lines between the --- marks at the top of the file.',
    ],
    [
      'title: a: b',
      'The front matter is not valid. Nested mappings are not allowed in compact mappings at line 1, column 8. Mend the lines between the --- marks at the top of the file.',
    ],
  ])('is said plainly', async (yaml, said) => {
    expect((await read(`---\n${yaml}\n---\n${text}`, 'a.md')).failures).toEqual([said]);
  });
});
