import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { LocalAssistant } from '../../src/assistant.ts';
import type { Answer, AnswerRequest } from '../../src/domain/answer.ts';
import { bayArticles } from '../support/bay-articles.ts';
import { checkAnswer } from '../support/check-answer.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../support/folders.ts';
import { assistantFor, collect } from '../support/footnote-server.ts';

/** Among two articles alone no word is common, so nothing tells a name from another word. */
const otherNews = {
  'vi/thu-vien.md': `---
id: thu-vien
title: Trường làng Bãi Cát có thư viện mới
language: vi
---
Trường làng Bãi Cát vừa khánh thành thư viện với 3.200 cuốn sách. Phòng đọc mở cửa từ bảy giờ sáng.
`,
  'vi/ca-phe.md': `---
id: ca-phe
title: Hợp tác xã Đồi Gió bán cà phê ra nước ngoài
language: vi
---
Hợp tác xã Đồi Gió bán 40 tấn cà phê sang hai nước láng giềng. Nông dân phơi hạt trên sàn tre.
`,
  'vi/cau.md': `---
id: cau
title: Cầu Sông Vạc thông xe
language: vi
---
Cầu Sông Vạc dài 410 mét, thông xe ngày 19 tháng 5 năm 2022. Xe tải trên mười tấn phải đi đường vòng.
`,
};

let folder: TemporaryFolder;
let assistant: LocalAssistant;

beforeAll(async () => {
  folder = await createFolder();
  const corpus = join(folder.path, 'corpus');
  await writeFiles(corpus, { ...bayArticles, ...otherNews });
  assistant = await assistantFor({ CORPUS_DIR: corpus, INDEX_DIR: join(folder.path, 'index') });
  await assistant.ingest();
});

afterAll(async () => {
  await assistant.close();
  await folder.remove();
});

async function ask(question: string, rest: Partial<AnswerRequest> = {}): Promise<Answer> {
  const answer = await assistant.ask({ question, ...rest });
  await checkAnswer(answer, (id) => assistant.article(id));
  return answer;
}

const captain = 'Who is the captain of the electric ferry of Osprey Bay?';
const quotesOf = ({ nearest }: Answer) => nearest.map(({ quote }) => quote);

describe('a question whose answer the articles hold', () => {
  it.each(['How many stalls does the Saturday market have?', 'Chợ đêm Mũi Sếu có bao nhiêu gian hàng?'])(
    'is answered, and nothing is shown as merely near: "%s"',
    async (question) => {
      expect(await ask(question)).toMatchObject({ outcome: 'answered', unanswered: [], nearest: [] });
    },
  );
});

describe('a question of which the articles hold a part', () => {
  it('is answered in part, and the reply ends with what they do not say, as it was typed', async () => {
    const question =
      'When did the electric ferry line of Osprey Bay open, and what   is the salary of the ferrry captain?';
    const answer = await ask(question);
    expect(answer.outcome).toBe('partial');
    expect(answer.text).toMatch(/^The electric ferry line of Osprey Bay opened on 10 April 2023\. \[1\]/u);
    expect(answer.text).toMatch(/\n\nThe articles do not say: what is the salary of the ferrry captain\.$/u);
    expect(answer.unanswered).toEqual(['what is the salary of the ferrry captain?']);
    expect(answer.summary.uncited).toBe(0);
  });

  it('says so in Vietnamese, and in the language of the reply where that is another', async () => {
    const question = 'Hải đăng Mũi Sếu được xây dựng năm nào, và ai là hiệu trưởng trường nhạc?';
    const answer = await ask(question);
    expect(answer.outcome).toBe('partial');
    expect(answer.text).toMatch(
      /năm 1903.*\n\nCác bài viết không cho biết: ai là hiệu trưởng trường nhạc\.$/su,
    );
    expect((await ask(question, { language: 'en' })).text).toMatch(
      /\n\nThe articles do not say: ai là hiệu trưởng/u,
    );
  });

  it('streams what is not answered as text after the last sentence', async () => {
    const events = await collect(
      assistant.answer({
        question:
          'When did the electric ferry line of Osprey Bay open, and what is the salary of the captain?',
      }),
    );
    expect(events.slice(-2)).toMatchObject([
      { type: 'text-delta', delta: '\n\nThe articles do not say: what is the salary of the captain.' },
      { type: 'answer-end', answer: { outcome: 'partial' } },
    ]);
  });

  it('repeats nothing of the user that could pass for a footnote or a line of its own', async () => {
    const { text, citations } = await ask(
      'When did the electric ferry line of Osprey Bay open, and what is [9] the salary\u202E of the captain [S1]?',
    );
    expect(text).toMatch(/The articles do not say: what is \(9\) the salary of the captain \(S1\)\.$/u);
    expect(citations.map(({ n }) => `[${n}]`)).toEqual(text.match(/\[\d+\]/gu));
  });
});

describe('a question that the articles come near without answering', () => {
  it.each([
    [captain, 'ferry-2023', 'electric ferry'],
    [
      'How much did the restoration of the lighthouse cost?',
      'lighthouse',
      'The restoration of the lighthouse took 14 months',
    ],
    ['When was the electric ferry of Osprey Bay withdrawn?', 'ferry-2023', 'opened on 10 April 2023'],
    ['Ai là chủ đầu tư hải đăng Mũi Sếu?', 'hai-dang', 'Hải đăng Mũi Sếu'],
    ['Chợ đêm Mũi Sếu bị hủy khi nào?', 'cho-dem', 'Chợ đêm Mũi Sếu'],
  ])('is declined with what the articles do say: "%s"', async (question, id, words) => {
    const answer = await ask(question);
    expect(answer).toMatchObject({ outcome: 'declined', sentences: [], citations: [], unanswered: [] });
    const near = answer.nearest.find(({ articleId }) => articleId === id);
    expect(near?.quote).toContain(words);
    expect(answer.nearest.length).toBeLessThanOrEqual(3);
  });

  it('is shown each article with its date, publisher and address', async () => {
    const { nearest } = await ask(captain);
    const near = nearest.find(({ articleId }) => articleId === 'ferry-2023');
    expect(near).toMatchObject({
      title: 'Osprey Bay opens its electric ferry line',
      language: 'en',
      publishedAt: '2023-04-12',
      publisher: 'Bay Courier',
      sourceUrl: 'https://courier.example/2023/ferry?page=1#top',
    });
    expect(near?.links.original).toMatch(/^https:\/\/courier\.example\/2023\/ferry\?page=1#:~:text=/u);
  });

  it('is shown only what the filters let through', async () => {
    const filters = { articleIds: ['ferry-2024'] };
    const { nearest } = await ask(captain, { filters });
    expect(nearest.map(({ articleId }) => articleId)).toEqual(['ferry-2024']);
  });
});

describe('a question about something else', () => {
  it.each([
    'What is the boiling point of tungsten?',
    'How do I bake sourdough bread?',
    'Who painted the Mona Lisa?',
    'Thủ đô của Mông Cổ là gì?',
    '???',
  ])('is declined without an article that has nothing to do with it: "%s"', async (question) => {
    const answer = await ask(question);
    expect(answer.outcome).toBe('declined');
    expect(quotesOf(answer)).toEqual([]);
  });
});
