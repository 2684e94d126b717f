import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Answer } from '../../src/domain/answer.ts';
import { passageSchema, searchSchema } from '../support/answer-schema.ts';
import { quotations, repeatable } from '../support/check-answer.ts';
import { createFolder, shippedCorpus, type TemporaryFolder } from '../support/folders.ts';
import { collect, endOf, type FootnoteServer, serveFootnote } from '../support/footnote-server.ts';

let folder: TemporaryFolder;
let footnote: FootnoteServer;

beforeAll(async () => {
  folder = await createFolder();
  footnote = await serveFootnote({ CORPUS_DIR: shippedCorpus, INDEX_DIR: folder.path });
  await footnote.assistant.ingest();
});

afterAll(async () => {
  await footnote.close();
  await folder.remove();
});

describe('questions over the corpus that Footnote ships with', () => {
  it.each([
    ['How many visitors came to Techfest Viet Nam 2022?', /7[.,]000/u],
    ['Which decision approved the startup centre?', /708/u],
    ['How many strategic technology industries does Decision 1131 name?', /11 (?:strategic|ngành)/u],
    ['Who is the Chairman of the Hai Phong City People’s Committee?', /Le Ngoc Chau|Lê Ngọc Châu/u],
  ])('answers "%s" with the sentence that says it', async (question, figure) => {
    const answer = await footnote.askAndCheck({ question });
    expect(answer).toMatchObject({ language: 'en', abstained: false, degraded: false });
    expect(quotations(answer)).toMatch(figure);
  });

  it.each([
    ['Nghị quyết 57 ban hành ngày nào?', /22\/12\/2024|22 December 2024/u],
    ['Hải Phòng có bao nhiêu doanh nghiệp khoa học và công nghệ?', /76 (?:doanh nghiệp|science)/u],
    ['Techfest Việt Nam 2022 đón bao nhiêu lượt khách?', /7[.,]000/u],
  ])('answers the Vietnamese question "%s" with the figure', async (question, figure) => {
    const answer = await footnote.askAndCheck({ question });
    expect(answer).toMatchObject({ language: 'vi', abstained: false });
    expect(quotations(answer)).toMatch(figure);
  });

  it.each([
    ['Nghi quyet 57 ban hanh ngay nao?', /22\/12\/2024|22 December 2024/u],
    ['Hai Phong co bao nhieu doanh nghiep khoa hoc va cong nghe?', /76 (?:doanh nghiệp|science)/u],
  ])('finds the same without diacritics: "%s"', async (question, figure) => {
    const answer = await footnote.askAndCheck({ question });
    expect(answer).toMatchObject({ language: 'vi', abstained: false });
    expect(quotations(answer)).toMatch(figure);
  });

  it.each([
    ['How do I bake sourdough bread?', 'en'],
    ['Who won the football world cup in 1998?', 'en'],
    ['Cách nấu phở bò ngon nhất là gì?', 'vi'],
    ['Ai là tác giả của Truyện Kiều?', 'vi'],
  ] as const)('declines what the articles do not hold: "%s"', async (question, language) => {
    const answer = await footnote.askAndCheck({ question });
    expect(answer).toMatchObject({
      language,
      abstained: true,
      degraded: false,
      citations: [],
      sentences: [],
    });
  });

  it('leads with what tells something, not with what repeats the question', async () => {
    const { citations } = await footnote.askAndCheck({ question: 'What is the 3-to-1 rule?' });
    expect(citations[0]?.quote).toMatch(/^The 3-to-1 rule means that the State adds 1 dong/u);
  });

  it('says in the language of the question that the articles do not answer', async () => {
    const english = await footnote.askAndCheck({ question: 'How do I bake sourdough bread?' });
    const vietnamese = await footnote.askAndCheck({ question: 'Cách nấu phở bò ngon nhất là gì?' });
    expect(english.text).toMatch(/^The articles/u);
    expect(vietnamese.text).toMatch(/^Các bài viết/u);
  });

  it('replies in the language that the caller wants', async () => {
    const question = 'How do I bake sourdough bread?';
    const answer = await footnote.askAndCheck({ question, language: 'vi' });
    expect(answer.language).toBe('vi');
    expect(answer.text).toMatch(/^Các bài viết/u);
  });
});

describe('a follow-up question', () => {
  const history = [
    { role: 'user', content: 'In which year will Binh Phuoc host the Southeastern science meeting?' },
    { role: 'assistant', content: 'Binh Phuoc will host the meeting in 2025. [1]' },
  ] as const;
  const question = 'And where was it held in 2023?';

  it('is understood from what was asked before', async () => {
    const answer = await footnote.askAndCheck({ question, history });
    expect(answer.question).toBe(question);
    expect(answer.standaloneQuestion).not.toBe(question);
    expect(answer.standaloneQuestion).toContain('Southeastern');
    expect(answer.abstained).toBe(false);
    const articles = answer.citations.map(({ articleId }) => articleId);
    expect(articles.join(' ')).toMatch(/southeastern|dong-nam-bo/u);
  });

  it('means nothing to the corpus by itself, and is not guessed from another conversation', async () => {
    const first = await footnote.askAndCheck({ question, history });
    const alone = await footnote.askAndCheck({ question });
    expect(alone.standaloneQuestion).toBe(question);
    expect(alone.evidence).not.toEqual(first.evidence);
  });

  it('leaves a question that stands alone as it is', async () => {
    const answer = await footnote.askAndCheck({
      question: 'How many visitors came to Techfest Viet Nam 2022?',
      history,
    });
    expect(answer.standaloneQuestion).toBe('How many visitors came to Techfest Viet Nam 2022?');
    expect(quotations(answer)).toMatch(/7[.,]000/u);
  });

  it('works in Vietnamese', async () => {
    const answer = await footnote.askAndCheck({
      question: 'Còn doanh nghiệp công nghệ số thì sao?',
      history: [
        { role: 'user', content: 'Hải Phòng có bao nhiêu doanh nghiệp khoa học và công nghệ?' },
        { role: 'assistant', content: 'Hải Phòng có 76 doanh nghiệp khoa học và công nghệ. [1]' },
      ],
    });
    expect(answer.standaloneQuestion).toContain('Hải Phòng');
    expect(quotations(answer)).toMatch(/1[.,]400/u);
  });
});

describe('the same question asked again', () => {
  const questions = [
    'How many visitors came to Techfest Viet Nam 2022?',
    'Hải Phòng có bao nhiêu doanh nghiệp khoa học và công nghệ?',
    'How do I bake sourdough bread?',
  ];
  const json = (answer: Answer) => JSON.stringify(repeatable(answer));

  it.each(questions)('gives the same bytes apart from id and time: "%s"', async (question) => {
    const [first, second] = [
      await footnote.askAndCheck({ question }),
      await footnote.askAndCheck({ question }),
    ];
    expect(json(second)).toBe(json(first));
    expect(second.id).not.toBe(first.id);
    expect(second.receipt.sha256).toBe(first.receipt.sha256);
  });

  it('gives the same bytes while others ask', async () => {
    const alone = await Promise.all(
      questions.slice(0, 1).map((question) => footnote.askAndCheck({ question })),
    );
    const together = await Promise.all(
      [...questions, ...questions].map((question) => footnote.askAndCheck({ question })),
    );
    const [first, second, third, ...repeated] = together.map(json);
    expect(first).toBe(alone.map(json)[0]);
    expect(repeated).toEqual([first, second, third]);
  });

  it('gives the same bytes from another assistant over the same index', async () => {
    const other = await serveFootnote({ CORPUS_DIR: shippedCorpus, INDEX_DIR: folder.path });
    try {
      for (const question of questions) {
        const mine = await footnote.askAndCheck({ question });
        const theirs = await other.askAndCheck({ question });
        expect(json(theirs)).toBe(json(mine));
      }
    } finally {
      await other.close();
    }
  });

  it('gives as a stream what it gives as one object', async () => {
    for (const question of questions) {
      const streamed = endOf(await collect(footnote.stream({ question })));
      expect(json(streamed)).toBe(json(await footnote.askAndCheck({ question })));
    }
  });
});

describe('search over the shipped corpus', () => {
  it('finds passages that can be fetched and hold exactly what the result shows', async () => {
    const response = await footnote.post('/api/search', {
      query: 'Techfest Viet Nam 2022 visitors',
      topK: 3,
    });
    const { results } = searchSchema.parse(await response.json());
    expect(results).toHaveLength(3);
    expect(results[0]?.text).toContain('Techfest');
    const scores = results.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    for (const result of results) {
      const path = `/api/passages/${encodeURIComponent(result.passageId)}`;
      const stored = await footnote.get(path, passageSchema);
      expect(stored.text).toBe(result.text);
      expect(stored.passage).toMatchObject(result.source);
      expect(stored.article.id).toBe(result.articleId);
    }
  });
});
