import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { articleSchema } from '../support/answer-schema.ts';
import { bayArticles } from '../support/bay-articles.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../support/folders.ts';
import { type FootnoteServer, serveFootnote } from '../support/footnote-server.ts';

/** The wire story as a paper prints it, with a figure and a closing line of its own. */
function depot(options: {
  id: string;
  publisher: string;
  date: string;
  buses: number;
  /** Millions of crowns that it cost. */
  cost?: number;
  title?: string;
  close: string;
}): string {
  const { id, publisher, date, buses, cost = 12, title = 'Gull Point opens its bus depot', close } = options;
  return `---
id: ${id}
title: ${title}
language: en
publishedAt: ${date}
publisher: ${publisher}
---
The bus depot of Gull Point has room for ${buses} buses. It was designed by the architect Mara Lindqvist, who also drew the town library. The roof of the depot collects rain, which washes the buses at night.

The old depot near the harbour becomes a market hall. Traders may rent a stall there from the autumn on. ${close}

The bus depot of Gull Point cost ${cost} million crowns, which the town borrowed.
`;
}

const courier = { id: 'depot-courier', publisher: 'Bay Courier', date: '2024-03-01', buses: 48, close: '' };
const weekly = {
  id: 'depot-weekly',
  publisher: 'Harbour Weekly',
  date: '2024-03-04',
  buses: 48,
  close: 'The painter Hanna Ekwall will rent the first stall.',
};
const question = 'How many buses does the bus depot of Gull Point have room for?';

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await createFolder();
});

afterAll(() => folder.remove());

async function serve(
  name: string,
  articles: readonly Parameters<typeof depot>[0][],
): Promise<FootnoteServer> {
  const corpus = join(folder.path, name);
  const files = Object.fromEntries(articles.map((article) => [`${article.id}.md`, depot(article)]));
  await writeFiles(corpus, { ...bayArticles, ...files });
  const footnote = await serveFootnote({
    CORPUS_DIR: corpus,
    INDEX_DIR: join(folder.path, `${name}-index`),
  });
  await footnote.assistant.ingest();
  return footnote;
}

describe('an article that two papers print', () => {
  it('is cited once, from the newer paper, and the other one is named with it', async () => {
    const footnote = await serve('copied', [courier, weekly]);
    try {
      const answer = await footnote.askAndCheck({ question });
      const citation = answer.citations.find(({ quote }) => quote.includes('48 buses'));
      expect(citation).toMatchObject({
        articleId: 'depot-weekly',
        publishedAt: '2024-03-04',
        alsoIn: [{ articleId: 'depot-courier', publisher: 'Bay Courier', publishedAt: '2024-03-01' }],
      });
      const ids = answer.evidence.map(({ articleId }) => articleId);
      expect(ids).toContain('depot-weekly');
      expect(ids).not.toContain('depot-courier');
      const [copy] = citation?.alsoIn ?? [];
      const original = copy && (await footnote.assistant.passage(copy.passageId));
      expect(original?.text).toContain(citation?.quote);
      expect(answer.evidence.find(({ articleId }) => articleId === 'depot-weekly')?.alsoIn).toEqual([copy]);
    } finally {
      await footnote.close();
    }
  });

  it('is not named with a sentence that only one of them has', async () => {
    const footnote = await serve('closing', [courier, weekly]);
    try {
      const answer = await footnote.askAndCheck({
        question: 'Who will rent the first stall of the market hall?',
      });
      const citation = answer.citations.find(
        ({ quote }) => quote === 'The painter Hanna Ekwall will rent the first stall.',
      );
      expect(citation).toMatchObject({ articleId: 'depot-weekly' });
      expect(citation).not.toHaveProperty('alsoIn');
    } finally {
      await footnote.close();
    }
  });

  it('is cited from both, the newer first, where the newer gives another figure', async () => {
    const footnote = await serve('updated', [courier, { ...weekly, buses: 60 }]);
    try {
      const { citations } = await footnote.askAndCheck({ question });
      expect(citations.slice(0, 2)).toMatchObject([
        { articleId: 'depot-weekly', publishedAt: '2024-03-04' },
        { articleId: 'depot-courier', publishedAt: '2024-03-01' },
      ]);
      expect(citations[0]?.quote).toContain('60 buses');
      expect(citations[1]?.quote).toContain('48 buses');
      for (const citation of citations) expect(citation).not.toHaveProperty('alsoIn');
    } finally {
      await footnote.close();
    }
  });
});

describe('an article that updates another one', () => {
  const updated = {
    ...weekly,
    date: '2024-03-09',
    cost: 14,
    title: 'Bus depot of Gull Point was dearer than planned',
    close: 'The painter Hanna Ekwall has rented the first stall and hung her pictures in it.',
  };
  let footnote: FootnoteServer;

  beforeAll(async () => {
    footnote = await serve('group', [courier, updated]);
  });

  afterAll(() => footnote.close());

  it('is listed with the other one in the API', async () => {
    const copies = {
      leader: { id: 'depot-weekly', publisher: 'Harbour Weekly', publishedAt: '2024-03-09' },
      others: [{ id: 'depot-courier', publisher: 'Bay Courier', publishedAt: '2024-03-01' }],
    };
    for (const id of ['depot-weekly', 'depot-courier']) {
      expect(await footnote.get(`/api/articles/${id}`, articleSchema)).toMatchObject({ id, copies });
    }
    expect(await footnote.get('/api/articles/ferry-2023', articleSchema)).not.toHaveProperty('copies');
  });

  it.each([
    ['leads where both give another figure', '', ['depot-weekly', 'depot-courier']],
    [
      'follows where the question is about the time before',
      ' as of 2 March 2024',
      ['depot-courier', 'depot-weekly'],
    ],
  ])('%s', async (_name, time, ids) => {
    const found = await footnote.assistant.search({
      query: `How much did the bus depot of Gull Point cost${time}?`,
    });
    expect(found.slice(0, 2).map(({ article }) => article.id)).toEqual(ids);
    for (const { alsoIn } of found) expect(alsoIn).toBeUndefined();
  });
});
