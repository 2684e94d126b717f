import { describe, expect, it } from 'vitest';

import { buildArticle } from '../../../src/ingest/build-article.ts';
import { fileNameDate } from '../../../src/ingest/metadata/dates.ts';
import { articleOf } from '../article-of.ts';

const body = 'The museum opened a new wing on Saturday, and two thousand people came to see it.';

describe('where metadata come from', () => {
  it('says how each member was found, and nothing of members that are unknown', () => {
    const text = `Night at the museum\nFriday, April 5, 2024\nBy An Pham\n${body}\nSource: https://www.a.example/x`;
    const article = articleOf('a.txt', text);
    expect(article).toMatchObject({ publishedAt: '2024-04-05', author: 'An Pham', publisher: 'a.example' });
    expect(article.found).toEqual({
      title: 'first-line',
      language: 'detected',
      publishedAt: 'date-line',
      author: 'byline',
      sourceUrl: 'source-line',
      publisher: 'address',
    });
    expect(articleOf('a.txt', body).found).toEqual({ title: 'first-line', language: 'detected' });
  });

  it('lets what was given win over front matter, and front matter over the lines of the text', () => {
    const text = `---\ntitle: From above\npublishedAt: 2020-01-02\nauthor: Jo\n---\n5 April 2024\n\n${body}`;
    const article = articleOf('a.md', text, { given: { title: 'Given', publisher: 'Post' } });
    expect(article).toMatchObject({
      title: 'Given',
      publishedAt: '2020-01-02',
      author: 'Jo',
      publisher: 'Post',
    });
    expect(article.found).toEqual({
      title: 'given',
      publishedAt: 'front-matter',
      author: 'front-matter',
      publisher: 'given',
      language: 'detected',
    });
  });

  it('lets lines of the text win over the feed, and the feed over address and file name', () => {
    const feed = {
      publishedAt: '2024-04-06',
      publisher: 'Feed',
      author: 'Feeder',
      title: 'As the feed calls it',
    };
    const url = 'https://a.example/2024/04/07/x';
    const dated = articleOf('2024-04-08.txt', `HANOI, April 5, 2024 (VNA) – ${body}`, { feed, url });
    expect(dated).toMatchObject({
      publishedAt: '2024-04-05',
      publisher: 'VNA',
      author: 'Feeder',
      title: 'As the feed calls it',
      sourceUrl: url,
      found: {
        publishedAt: 'dateline',
        publisher: 'dateline',
        author: 'feed',
        title: 'feed',
        sourceUrl: 'address',
      },
    });
    expect(articleOf('a.txt', body, { feed, url }).publishedAt).toBe('2024-04-06');
    expect(articleOf('2024-04-08.txt', body, { url })).toMatchObject({
      publishedAt: '2024-04-07',
      found: { publishedAt: 'address' },
    });
    expect(articleOf('2024-04-08.txt', body)).toMatchObject({ found: { publishedAt: 'file-name' } });
  });

  it('makes a title of the name of a PDF without a heading, and ignores what programs write', () => {
    const made = (title: string, blocks: string[]) =>
      buildArticle({
        id: 'a',
        file: 'reports/2024-04-05_harbour-annual_report.pdf',
        document: {
          blocks: blocks.map((text) => ({ kind: 'paragraph', text })),
          metadata: { title, author: 'Administrator' },
          guessHeadings: true,
        },
        hints: {},
      });
    expect(made('Microsoft Word - draft3.doc', [body, body.toUpperCase()])).toMatchObject({
      title: 'Harbour annual report',
      publishedAt: '2024-04-05',
      found: { title: 'file-name', publishedAt: 'file-name' },
    });
    expect(made('Untitled', ['The year at the harbour', body]).found?.title).toBe('first-line');
    expect(made('The harbour in 2023', [body])).toMatchObject({ found: { title: 'properties' } });
    expect(made('Untitled', [body])).not.toHaveProperty('author');
  });

  it('applies what was given for a table to all of its articles, but not one title', () => {
    const document = {
      key: '2',
      blocks: [{ kind: 'paragraph', text: body } as const],
      metadata: { title: 'Row two' },
      guessHeadings: false,
    };
    const hints = { given: { title: 'Table', publisher: 'Post', sourceUrl: 'https://a.example/t' } };
    const article = buildArticle({ id: 'a', file: 't.csv', document, hints });
    expect(article).toMatchObject({ title: 'Row two', publisher: 'Post' });
    expect(article).not.toHaveProperty('sourceUrl');
  });
});

describe('dates in file names', () => {
  it.each([
    ['news/2024-04-05-harbour.txt', '2024-04-05'],
    ['harbour_2024_04_05.pdf', '2024-04-05'],
    ['20240405 harbour.docx', '2024-04-05'],
  ])('are read from %s', (file, date) => {
    expect(fileNameDate(file)).toBe(date);
  });

  it.each([
    '2024-04-05/harbour.txt',
    '2024-13-05.txt',
    'a20240405.txt',
    '000_3843a59b3ae62bdf.txt',
    '202404051.txt',
  ])('are not read from %s', (file) => {
    expect(fileNameDate(file)).toBeUndefined();
  });
});
