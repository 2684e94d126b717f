import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { questionIdeas } from '../../src/answer/suggest/question-templates.ts';
import type { LocalAssistant } from '../../src/assistant.ts';
import type { Language } from '../../src/domain/language.ts';
import { bayArticles } from '../support/bay-articles.ts';
import { createFolder, shippedCorpus, type TemporaryFolder, writeFiles } from '../support/folders.ts';
import { assistantFor, collect } from '../support/footnote-server.ts';

function ideas(text: string, language: Language = 'en', title = 'A title') {
  const article = { id: 'a', version: 'v', title, language, text, headings: [] };
  return questionIdeas(article).map(({ question }) => question);
}

describe('questionIdeas', () => {
  it.each([
    [
      'Hai Phong has 76 science and technology enterprises, Le Ngoc Chau said.',
      'How many science and technology enterprises does Hai Phong have?',
    ],
    [
      'The electric ferry carries 240 passengers on each crossing.',
      'How many passengers does the electric ferry carry?',
    ],
    [
      'The lighthouse of Lantern Island was built in 1904 by Amos Pellow.',
      'When was the lighthouse of Lantern Island built?',
    ],
    [
      "The Prime Minister's Decision No. 1131/QĐ-TTg defines 11 strategic industries.",
      'What does Decision No. 1131/QĐ-TTg define?',
    ],
    [
      'The Politburo issued Resolution No. 57-NQ/TW on science and technology on 22 December 2024.',
      'When did the Politburo issue Resolution No. 57-NQ/TW?',
    ],
    [
      "Le Ngoc Chau is Chairman of the Hai Phong City People's Committee.",
      "Who is the Chairman of the Hai Phong City People's Committee?",
    ],
  ])('asks of “%s”', (sentence, question) => {
    expect(ideas(sentence)).toContain(question);
  });

  it.each([
    ['Chợ đêm Mũi Sếu có 85 gian hàng, phần lớn bán cá.', 'Chợ đêm Mũi Sếu có bao nhiêu gian hàng?'],
    [
      'Techfest Việt Nam 2022 đã đón hơn 7.000 lượt khách.',
      'Techfest Việt Nam 2022 đón bao nhiêu lượt khách?',
    ],
    ['Hải đăng Mũi Sếu được xây dựng năm 1903 trên đồi.', 'Hải đăng Mũi Sếu được xây dựng năm nào?'],
    ['Chợ đêm Mũi Sếu mở cửa trở lại ngày 10/2/2024.', 'Chợ đêm Mũi Sếu mở cửa trở lại ngày nào?'],
    ['Bà Đỗ Thị Sương là trưởng ban quản lý chợ đêm Mũi Sếu.', 'Ai là trưởng ban quản lý chợ đêm Mũi Sếu?'],
  ])('asks of “%s”', (sentence, question) => {
    expect(ideas(sentence, 'vi')).toContain(question);
  });

  it('takes over the questions that a title asks, not those that need the article', () => {
    expect(ideas('Text.', 'en', 'Who owns the product under the 3-to-1 rule?')).toEqual([
      'Who owns the product under the 3-to-1 rule?',
    ]);
    expect(ideas('Text.', 'en', 'Why does it matter to them?')).toEqual([]);
    expect(ideas('Text.', 'en', 'Why?')).toEqual([]);
  });

  it.each([
    ['It has 62 stalls.', 'en'],
    ['These rules contain 12 articles.', 'en'],
    ['The programme contains 30 seminars.', 'en'],
    ['Ở đó có 85 gian hàng.', 'vi'],
    ['Chương trình này có 12 điều khoản.', 'vi'],
  ] as const)('asks nothing of “%s”, which stands in a context', (sentence, language) => {
    expect(ideas(sentence, language)).toEqual([]);
  });
});

describe('the suggestions of an assistant', () => {
  let folder: TemporaryFolder;
  let bay: LocalAssistant;
  let shipped: LocalAssistant;

  beforeAll(async () => {
    folder = await createFolder();
    await writeFiles(join(folder.path, 'corpus'), bayArticles);
    bay = await assistantFor({
      CORPUS_DIR: join(folder.path, 'corpus'),
      INDEX_DIR: join(folder.path, 'bay'),
    });
    shipped = await assistantFor({ CORPUS_DIR: shippedCorpus, INDEX_DIR: join(folder.path, 'shipped') });
    await bay.ingest();
    await shipped.ingest();
  });

  afterAll(async () => {
    await Promise.all([bay.close(), shipped.close()]);
    await folder.remove();
  });

  it.each(['en', 'vi'] as const)('are answered with verified quotations (%s)', async (language) => {
    for (const [assistant, least] of [
      [bay, 2],
      [shipped, 4],
    ] as const) {
      const questions = await assistant.suggestions(language);
      expect(questions.length).toBeGreaterThanOrEqual(least);
      expect(questions.length).toBeLessThanOrEqual(6);
      expect(new Set(questions).size).toBe(questions.length);
      for (const question of questions) {
        const { outcome, sentences } = await assistant.ask({ question, language });
        expect([question, outcome]).toEqual([question, 'answered']);
        expect(sentences.every(({ verdict }) => verdict === 'supported')).toBe(true);
      }
    }
  });

  it('begin with the newest articles, are found once, and change with the articles', async () => {
    const before = await bay.suggestions('en');
    expect(await bay.suggestions('en')).toBe(before);
    await writeFiles(join(folder.path, 'corpus'), {
      'pier.md': `---
id: pier
title: The new pier
publishedAt: 2025-01-02
---
The Heron Pier of Osprey Bay has 14 berths for fishing boats. The Heron Pier of Osprey Bay was paid for by the fishers.
`,
    });
    await bay.ingest();
    expect((await bay.suggestions('en'))[0]).toBe('How many berths does the Heron Pier of Osprey Bay have?');
  });

  it('leave no trace among the stored answers', async () => {
    await shipped.suggestions('en');
    expect(await collect(shipped.feedback())).toEqual([]);
    await expect(shipped.storedAnswer('any')).rejects.toMatchObject({ code: 'not-found' });
  });
});
