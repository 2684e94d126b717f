import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { answerHash } from '../../src/answer/receipt.ts';
import type { Filters } from '../../src/domain/filters.ts';
import { articleSchema, articlesSchema, passageSchema, searchSchema } from '../support/answer-schema.ts';
import { bayArticles } from '../support/bay-articles.ts';
import { quotations, repeatable, sentenceTexts } from '../support/check-answer.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../support/folders.ts';
import { collect, endOf, type FootnoteServer, serveFootnote } from '../support/footnote-server.ts';

let folder: TemporaryFolder;
let footnote: FootnoteServer;

beforeAll(async () => {
  folder = await createFolder();
  const corpus = join(folder.path, 'corpus');
  await writeFiles(corpus, bayArticles);
  footnote = await serveFootnote({ CORPUS_DIR: corpus, INDEX_DIR: join(folder.path, 'index') });
  await footnote.assistant.ingest();
});

afterAll(async () => {
  await footnote.close();
  await folder.remove();
});

const question = 'How many passengers does the electric ferry of Osprey Bay carry?';

describe('an answer as JSON', () => {
  it('quotes the article, names it with its date and publisher, and links to the place', async () => {
    const answer = await footnote.askAndCheck({
      question: 'How many passengers does the electric ferry carry on each crossing?',
    });
    const quote = 'The electric ferry carries 240 passengers on each crossing.';
    const citation = answer.citations.find((item) => item.quote === quote);
    expect(citation).toMatchObject({
      articleId: 'ferry-2023',
      title: 'Osprey Bay opens its electric ferry line',
      publishedAt: '2023-04-12',
      publisher: 'Bay Courier',
      sourceUrl: 'https://courier.example/2023/ferry?page=1#top',
      support: { verdict: 'supported', score: 1 },
    });
    expect(citation?.links.original).toBe(
      'https://courier.example/2023/ferry?page=1#:~:text=The%20electric%20ferry%20carries%20240%20passengers%20on%20each%20crossing.',
    );
  });

  it('is made of the articles’ own sentences, each with its footnote', async () => {
    const answer = await footnote.askAndCheck({ question });
    expect(answer.abstained).toBe(false);
    const quotes = answer.sentences.map(
      ({ citations: [n] }) => answer.citations.find((item) => item.n === n)?.quote,
    );
    expect(sentenceTexts(answer)).toEqual(quotes);
    expect(answer.summary).toMatchObject({ supported: answer.sentences.length, droppedCitations: 0 });
  });

  it('never quotes a heading', async () => {
    const answer = await footnote.askAndCheck({
      question: 'What is the route of the ferry from Osprey Bay?',
    });
    expect(quotations(answer)).not.toMatch(/^The route$/mu);
    expect(quotations(answer)).toContain('Lantern Island in 18 minutes');
  });

  it('carries the conversation that it belongs to', async () => {
    const answer = await footnote.askAndCheck({ question, conversationId: 'talk-7', history: [] });
    expect(answer.conversationId).toBe('talk-7');
    expect(await footnote.askAndCheck({ question })).not.toHaveProperty('conversationId');
  });

  it.each([
    ['Hải đăng Mũi Sếu được xây dựng năm nào?', 'năm 1903'],
    ['Hai dang Mui Seu duoc xay dung nam nao?', 'năm 1903'],
    ['Chợ đêm Mũi Sếu có bao nhiêu gian hàng?', '85 gian hàng'],
  ])('answers in Vietnamese, with and without diacritics: "%s"', async (asked, words) => {
    const answer = await footnote.askAndCheck({ question: asked });
    expect(answer).toMatchObject({ language: 'vi', abstained: false });
    expect(quotations(answer)).toContain(words);
  });

  it.each(['What is the boiling point of tungsten?', 'Thủ đô của Mông Cổ là gì?'])(
    'declines: "%s"',
    async (asked) => {
      const answer = await footnote.askAndCheck({ question: asked });
      expect(answer).toMatchObject({ abstained: true, citations: [], sentences: [] });
      expect(answer.summary).toEqual({
        supported: 0,
        partial: 0,
        unsupported: 0,
        uncited: 0,
        droppedCitations: 0,
        removedSentences: 0,
      });
    },
  );
});

describe('an answer as a stream', () => {
  it('is the same answer, piece by piece and in order', async () => {
    const events = await collect(footnote.stream({ question }));
    const answer = endOf(events);
    expect(repeatable(answer)).toEqual(repeatable(await footnote.askAndCheck({ question })));
    expect(events[0]).toEqual({
      type: 'answer-start',
      id: answer.id,
      question,
      standaloneQuestion: question,
      language: 'en',
    });
    expect(events[1]).toEqual({ type: 'evidence', evidence: answer.evidence });
    const deltas = events.flatMap((event) => (event.type === 'text-delta' ? [event.delta] : []));
    expect(deltas.join('')).toBe(answer.text);
    const citations = events.flatMap((event) => (event.type === 'citation' ? [event.citation] : []));
    expect(citations).toEqual(answer.citations);
    const verdicts = events.flatMap((event) => (event.type === 'sentence-verdict' ? [event.sentence] : []));
    expect(verdicts).toEqual(answer.sentences);
  });

  it('tells each footnote after the text that carries its number, before the next sentence', async () => {
    const events = await collect(footnote.stream({ question }));
    const before = (index: number) =>
      events
        .slice(0, index)
        .flatMap((event) => (event.type === 'text-delta' ? [event.delta] : []))
        .join('');
    const footnotes = events.flatMap((event, index) =>
      event.type === 'citation' ? [{ text: before(index), ...event.citation }] : [],
    );
    for (const { text, answer, n } of footnotes) expect(text.slice(answer.end)).toBe(` [${n}]`);
    const sentences = events.flatMap((event, index) =>
      event.type === 'sentence-verdict' ? [{ text: before(index), ...event.sentence }] : [],
    );
    expect(sentences.length).toBeGreaterThan(0);
    for (const { text, end, citations } of sentences) {
      expect(text.slice(end)).toBe(` ${citations.map((n) => `[${n}]`).join('')}`);
    }
  });

  it('says as text, too, that the articles do not answer', async () => {
    const events = await collect(footnote.stream({ question: 'What is the boiling point of tungsten?' }));
    const answer = endOf(events);
    expect(answer.abstained).toBe(true);
    expect(events.map(({ type }) => type)).toEqual(['answer-start', 'evidence', 'text-delta', 'answer-end']);
    expect(events[2]).toEqual({ type: 'text-delta', delta: answer.text });
  });
});

describe('filters', () => {
  const broad = 'What is known about the ferry, the lighthouse and the market of Osprey Bay?';
  const cases: [string, Filters, readonly string[]][] = [
    ['an article', { articleIds: ['ferry-2024'] }, ['ferry-2024']],
    ['articles', { articleIds: ['ferry-2024', 'lighthouse'] }, ['ferry-2024', 'lighthouse']],
    ['a publisher', { publishers: ['Bay Courier'] }, ['ferry-2023', 'lighthouse']],
    ['a language', { languages: ['vi'] }, ['cho-dem', 'hai-dang']],
    ['the first day on', { publishedFrom: '2024-06-03' }, ['ferry-2024']],
    ['the last day', { publishedTo: '2022-09-30' }, ['lighthouse']],
    [
      'a publisher and a time',
      { publishers: ['Bay Courier', 'Harbour Weekly'], publishedFrom: '2023-01-01' },
      ['ferry-2023', 'ferry-2024'],
    ],
  ];

  it.each(cases)('keep an answer to %s', async (_name, filters, allowed) => {
    for (const asked of [question, broad, 'Hải đăng Mũi Sếu cao bao nhiêu mét?']) {
      const answer = await footnote.askAndCheck({ question: asked, filters });
      expect(answer.receipt.settings.filters).toEqual(filters);
      expect(allowed).toEqual(expect.arrayContaining(answer.evidence.map(({ articleId }) => articleId)));
      expect(allowed).toEqual(expect.arrayContaining(answer.citations.map(({ articleId }) => articleId)));
    }
  });

  it.each(cases)('keep a search to %s', async (_name, filters, allowed) => {
    const response = await footnote.post('/api/search', { query: broad, filters, topK: 50 });
    const { results } = searchSchema.parse(await response.json());
    expect(allowed).toEqual(expect.arrayContaining(results.map(({ articleId }) => articleId)));
  });

  it('change the answer to a question that two articles answer', async () => {
    const asked = 'How many passengers did the electric ferry of Osprey Bay carry in its first year?';
    const later = await footnote.askAndCheck({ question: asked, filters: { publishedFrom: '2024-01-01' } });
    expect(quotations(later)).toContain('310,000 passengers');
    const earlier = await footnote.askAndCheck({ question: asked, filters: { publishedTo: '2023-12-31' } });
    expect(quotations(earlier)).not.toContain('310,000');
  });

  it('that keep nothing lead to an honest reply', async () => {
    const filters = { articleIds: ['no-such-article'] };
    const answer = await footnote.askAndCheck({ question, filters });
    expect(answer).toMatchObject({ abstained: true, evidence: [], citations: [] });
    const response = await footnote.post('/api/search', { query: question, filters });
    expect(await response.json()).toEqual({ results: [] });
  });
});

describe('topK', () => {
  it.each([1, 2, 50])('%i bounds the evidence of an answer and the results of a search', async (topK) => {
    const answer = await footnote.askAndCheck({ question, topK });
    expect(answer.evidence.length).toBeGreaterThan(0);
    expect(answer.evidence.length).toBeLessThanOrEqual(topK);
    expect(answer.receipt.settings.topK).toBe(topK);
    const response = await footnote.post('/api/search', { query: question, topK });
    const { results } = searchSchema.parse(await response.json());
    expect(results.length).toBeLessThanOrEqual(topK);
    expect(results.map(({ passageId }) => passageId)).toEqual(
      answer.evidence.map(({ passageId }) => passageId),
    );
  });

  it('is 8 unless somebody says otherwise', async () => {
    const answer = await footnote.askAndCheck({ question });
    expect(answer.receipt.settings.topK).toBe(8);
  });
});

describe('the articles behind the answers', () => {
  it('are listed, newest first and undated last', async () => {
    const { articles } = await footnote.get('/api/articles', articlesSchema);
    expect(articles.map(({ id }) => id)).toEqual([
      'ferry-2024',
      'cho-dem',
      'hai-dang',
      'ferry-2023',
      'lighthouse',
      'market',
    ]);
  });

  it('are listed by language, publisher and date', async () => {
    const list = async (query: string) => {
      const { articles } = await footnote.get(`/api/articles?${query}`, articlesSchema);
      return articles.map(({ id }) => id);
    };
    expect(await list('language=vi')).toEqual(['cho-dem', 'hai-dang']);
    expect(await list('publisher=Bay%20Courier')).toEqual(['ferry-2023', 'lighthouse']);
    expect(await list('from=2023-01-01&to=2023-12-31')).toEqual(['hai-dang', 'ferry-2023']);
  });

  it('have passages that lie in them, made of whole sentences', async () => {
    const response = await footnote.post('/api/search', { query: question, topK: 50 });
    const { results } = searchSchema.parse(await response.json());
    for (const { passageId, articleId } of results) {
      const { passage, text } = await footnote.get(
        `/api/passages/${encodeURIComponent(passageId)}`,
        passageSchema,
      );
      const article = await footnote.get(`/api/articles/${articleId}`, articleSchema);
      expect(article.text.slice(passage.start, passage.end)).toBe(text);
      expect(passage.sentences[0]?.start).toBe(passage.start);
      expect(passage.sentences.at(-1)?.end).toBe(passage.end);
    }
  });

  it('are what the links of a footnote lead to', async () => {
    const { citations } = await footnote.askAndCheck({ question });
    expect(citations.length).toBeGreaterThan(0);
    for (const { links, quote } of citations) {
      const { text } = await footnote.get(links.passage, passageSchema);
      expect(text).toContain(quote);
    }
  });

  it('that do not exist are a 404 problem', async () => {
    for (const path of ['/api/articles/no-such', '/api/passages/no-such:00000000:0-1']) {
      const response = await fetch(`${footnote.url}${path}`);
      expect(response.status).toBe(404);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
    }
  });
});

describe('a receipt', () => {
  it('names the index, the articles and the writer', async () => {
    const answer = await footnote.askAndCheck({ question });
    const { id, embeddingModel } = await footnote.assistant.generation();
    expect(answer.receipt).toMatchObject({ indexGeneration: id, embeddingModel, writer: 'extractive' });
    expect(answer.receipt).not.toHaveProperty('model');
    expect(answer.receipt).not.toHaveProperty('promptHash');
    const article = await footnote.get('/api/articles/ferry-2023', articleSchema);
    expect(answer.receipt.articleVersions['ferry-2023']).toBe(article.version);
  });

  it('does not fit an answer in which anything was changed', async () => {
    const answer = await footnote.askAndCheck({ question });
    const [citation] = answer.citations;
    if (!citation) throw new Error('The answer has no footnote.');
    const forged = { ...answer, citations: [{ ...citation, quote: `${citation.quote}!` }] };
    expect(answerHash(forged)).not.toBe(answer.receipt.sha256);
    expect(answerHash({ ...answer, text: answer.text.replace('[1]', '[2]') })).not.toBe(
      answer.receipt.sha256,
    );
    expect(answerHash({ ...answer, id: 'another' })).toBe(answer.receipt.sha256);
  });
});
