import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createAssistant, type LocalAssistant } from '../../src/assistant.ts';
import { loadConfig } from '../../src/config.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../support/folders.ts';

const article = (
  head: { readonly title: string; readonly language?: string; readonly publishedAt: string },
  body: string,
) =>
  `---\ntitle: ${head.title}\nlanguage: ${head.language ?? 'en'}\npublishedAt: ${head.publishedAt}\n---\n${body}\n`;

/** Places that do not exist. Who runs the pier, and when the parade is, changes from one article to the next. */
const articles = {
  'pier-old.md': article(
    { title: 'The pier of Osprey Bay', publishedAt: '2021-03-10' },
    'The ferry pier of Osprey Bay is run by the Cooper Guild. Its planks are made of oak.',
  ),
  'pier-new.md': article(
    { title: 'A look at the pier of Osprey Bay', publishedAt: '2025-03-10' },
    'The ferry pier of Osprey Bay is run by the Kittiwake Company. Its planks are made of steel.',
  ),
  'charter.md': article(
    { title: 'A charter for the harbours', publishedAt: '2024-01-15' },
    'The island assembly adopted the Harbour Charter on 4 May 2023. The charter has nine chapters. Regulation 12 builds on Decree 7, which the assembly issued on 2 June 2019.',
  ),
  'storm.md': article(
    { title: 'Great Heron Storm floods Lantern Island', publishedAt: '2023-09-02' },
    'Water stood in the streets of Lantern Island for two days. Nobody was hurt.',
  ),
  'parade-old.md': article(
    { title: 'Lights for Osprey Bay', publishedAt: '2022-09-01' },
    'The Lantern Parade of Osprey Bay takes place on 24 November 2022. Children carry paper fish.',
  ),
  'parade-new.md': article(
    { title: 'More lights for Osprey Bay', publishedAt: '2022-11-02' },
    'The Lantern Parade of Osprey Bay will take place on Friday, 25 November 2022. The band plays at eight.',
  ),
  'parade-next.md': article(
    { title: 'Lights on Lantern Island', publishedAt: '2022-12-20' },
    'The Candle Parade of Lantern Island takes place on 28 December 2022.',
  ),
  'vi/ben-pha-cu.md': article(
    { title: 'Bến phà Mũi Sếu', language: 'vi', publishedAt: '2021-03-10' },
    'Bến phà Mũi Sếu do Hội Thợ Mộc quản lý. Sàn bến làm bằng gỗ lim.',
  ),
  'vi/ben-pha-moi.md': article(
    { title: 'Thăm bến phà Mũi Sếu', language: 'vi', publishedAt: '2025-03-10' },
    'Bến phà Mũi Sếu do Công ty Hải Âu quản lý. Sàn bến làm bằng thép.',
  ),
  'vi/nghi-quyet.md': article(
    { title: 'Nghị quyết về các bến cảng', language: 'vi', publishedAt: '2024-01-15' },
    'Hội đồng đảo ban hành Nghị quyết số 12 ngày 4/5/2023. Nghị quyết có chín chương.',
  ),
  'vi/le-hoi-cu.md': article(
    { title: 'Đèn trên biển', language: 'vi', publishedAt: '2022-09-01' },
    'Lễ hội Đèn lồng Mũi Sếu khai mạc ngày 24/11/2022 tại chợ đêm.',
  ),
  'vi/le-hoi-moi.md': article(
    { title: 'Thêm đèn trên biển', language: 'vi', publishedAt: '2022-11-02' },
    'Lễ hội Đèn lồng Mũi Sếu sẽ khai mạc vào thứ Sáu, ngày 25 tháng 11 năm 2022 tại chợ đêm.',
  ),
};

let folder: TemporaryFolder;
let assistant: LocalAssistant;

beforeAll(async () => {
  folder = await createFolder();
  const corpus = join(folder.path, 'corpus');
  await writeFiles(corpus, articles);
  assistant = await createAssistant(
    loadConfig({ CORPUS_DIR: corpus, INDEX_DIR: join(folder.path, 'index'), CHAT_MODEL: undefined }),
  );
  await assistant.ingest();
});

afterAll(async () => {
  await assistant.close();
  await folder.remove();
});

const now = '2026-03-18T05:00:00Z';

async function firstQuote(question: string): Promise<string | undefined> {
  const answer = await assistant.ask({ question, now });
  // An inferred date moves articles up or down; it never takes one away.
  expect(answer.receipt.settings).toMatchObject({ filters: {} });
  return answer.citations[0]?.quote;
}

describe('before and after an event', () => {
  it.each([
    ['Who ran the ferry pier of Osprey Bay before the Harbour Charter?', 'Cooper Guild'],
    ['Who has run the ferry pier of Osprey Bay since the Harbour Charter?', 'Kittiwake'],
    ['Who runs the ferry pier of Osprey Bay after the adoption of the Harbour Charter?', 'Kittiwake'],
    ['Who ran the ferry pier of Osprey Bay before the charter was adopted?', 'Cooper Guild'],
    ['Trước khi có Nghị quyết 12, ai quản lý bến phà Mũi Sếu?', 'Hội Thợ Mộc'],
    ['Sau Nghị quyết 12, ai quản lý bến phà Mũi Sếu?', 'Hải Âu'],
    ['truoc nghi quyet 12 ai quan ly ben pha Mui Seu', 'Hội Thợ Mộc'],
    ['ke tu nghi quyet 12 ai quan ly ben pha Mui Seu', 'Hải Âu'],
  ])('decides which article answers "%s"', async (question, words) => {
    expect(await firstQuote(question)).toContain(words);
  });

  it('takes the date of an article that tells of the event where no sentence dates it', async () => {
    expect(await firstQuote('Who ran the ferry pier of Osprey Bay before the Great Heron Storm?')).toContain(
      'Cooper Guild',
    );
    expect(await firstQuote('Who runs the ferry pier of Osprey Bay after the Great Heron Storm?')).toContain(
      'Kittiwake',
    );
  });

  it('finds the date in articles of the other language', async () => {
    const before = await firstQuote('Who ran the ferry pier of Osprey Bay before Resolution 12?');
    const after = await firstQuote('Who runs the ferry pier of Osprey Bay after Resolution 12?');
    expect([before, after]).toEqual([
      expect.stringContaining('Cooper Guild'),
      expect.stringContaining('Kittiwake'),
    ]);
  });

  it('orders what a search finds, and leaves nothing out', async () => {
    const search = async (when: string) => {
      const found = await assistant.search({
        query: `who runs the ferry pier ${when} the Harbour Charter`,
        now,
      });
      return found.map((item) => item.article.id).filter((id) => id.startsWith('pier'));
    };
    expect(await search('before')).toEqual(['pier-old', 'pier-new']);
    expect(await search('after')).toEqual(['pier-new', 'pier-old']);
  });

  it('leaves the order alone where the articles do not tell when the event was', async () => {
    const plain = await assistant.search({ query: 'who runs the ferry pier of Osprey Bay', now });
    const unknown = await assistant.search({
      query: 'who runs the ferry pier of Osprey Bay since the Zorblat',
      now,
    });
    const scores = (found: typeof plain) =>
      found.filter(({ article: { id } }) => id.startsWith('pier')).map(({ article: { id } }) => id);
    expect(scores(unknown)).toEqual(scores(plain));
  });
});

describe('two dates for one event', () => {
  it.each([
    [
      'When does the Lantern Parade of Osprey Bay take place?',
      [
        ['2022-11-02', '25 November 2022'],
        ['2022-09-01', '24 November 2022'],
      ],
    ],
    [
      'Lễ hội Đèn lồng Mũi Sếu khai mạc ngày nào?',
      [
        ['2022-11-02', '25 tháng 11 năm 2022'],
        ['2022-09-01', '24/11/2022'],
      ],
    ],
  ])('are both cited, and the newer leads: "%s"', async (question, expected) => {
    const answer = await assistant.ask({ question, now });
    const [newer, older] = expected;
    expect(answer.citations.slice(0, 2).map((one) => one.publishedAt)).toEqual([newer?.[0], older?.[0]]);
    expect(answer.citations[0]?.quote).toContain(newer?.[1]);
    expect(answer.citations[1]?.quote).toContain(older?.[1]);
    expect(answer.asOf).toBe(newer?.[0]);
  });

  it('are not made of two events', async () => {
    const answer = await assistant.ask({
      question: 'When does the Candle Parade of Lantern Island take place?',
      now,
    });
    expect(answer.citations[0]?.quote).toContain('28 December 2022');
    expect(answer.asOf).toBeUndefined();
  });
});
