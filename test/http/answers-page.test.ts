import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import type { AnswerCheck } from '../../src/domain/answer-check.ts';
import type { Answer } from '../../src/domain/answer.ts';
import { replyParagraphs } from '../../src/http/pages/reply-paragraphs.ts';
import { bayArticles } from '../support/bay-articles.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../support/folders.ts';
import { type FootnoteServer, serveFootnote } from '../support/footnote-server.ts';
import { addressesOf, attributesOf, elements, open, textOf, textsOf } from './support/open-page.ts';
import { sampleAnswer } from './support/sample-answer.ts';
import { problemIn, serve } from './support/serve.ts';

let folder: TemporaryFolder;
let server: FootnoteServer;

beforeAll(async () => {
  folder = await createFolder();
  await writeFiles(`${folder.path}/corpus`, bayArticles);
  server = await serveFootnote({
    CORPUS_DIR: `${folder.path}/corpus`,
    INDEX_DIR: `${folder.path}/index`,
    EMBEDDING_WORKERS: '1',
  });
  await server.assistant.ingest();
});

afterAll(async () => {
  await server.close();
  await folder.remove();
});

/** Serves one stored answer, and what checking it finds. */
async function serveAnswer(answer: Answer, check?: Partial<AnswerCheck>) {
  const checked: AnswerCheck = {
    answerId: answer.id,
    holds: true,
    hash: 'ok',
    citations: answer.citations.map(({ n, articleId, articleVersion }) => ({
      n,
      articleId,
      articleVersion,
      status: 'exact',
    })),
    nearest: [],
    sentences: answer.sentences.map(({ verdict }, index) => ({
      index,
      verdict,
      before: verdict,
      holds: true,
    })),
    checkedAt: '2024-06-02T08:30:00.000Z',
    ...check,
  };
  const { url } = await serve({
    script: { storedAnswer: async () => answer, verifyAnswer: async () => checked },
  });
  return `${url}/answers/${answer.id}`;
}

describe('the page of an answer', () => {
  it.each([
    ['How many passengers does the electric ferry carry, and who is the harbour master?', 'en'],
    ['Hải đăng Mũi Sếu được xây dựng năm nào?', 'vi'],
  ])('shows the reply, its footnotes and where they stand: %s', async (question, language) => {
    const answer = await server.askAndCheck({ question });
    expect(answer.citations.length).toBeGreaterThan(0);
    const address = `${server.url}/answers/${answer.id}`;
    const { response, document } = await open(address);
    expect(response.status).toBe(200);
    expect(textOf(document, 'h1')).toBe(question);
    expect(document.querySelector('.reply')?.getAttribute('lang')).toBe(language);
    expect(textsOf(document, '.sentence')).toEqual(
      answer.sentences.map(({ start, end }) => answer.text.slice(start, end)),
    );
    expect(textsOf(document, '.footnotes blockquote')).toEqual(answer.citations.map(({ quote }) => quote));
    expect(textsOf(document, '.reply .number').map(Number)).toEqual(
      answer.sentences.flatMap(({ citations }) => citations),
    );
    // Every number leads to its footnote, and every footnote back to its sentences.
    for (const link of attributesOf(document, 'main a[href^="#"]', 'href')) {
      expect(elements(document, link)).toHaveLength(1);
    }
    for (const [index, link] of attributesOf(document, '.ways a:first-child', 'href').entries()) {
      const target = new URL(link, address);
      expect(target.hash).toBe('#cite');
      expect(textOf((await open(target.href)).document, '#cite')).toBe(answer.citations[index]?.quote);
    }
    const receipt = textOf(document, '.receipt') ?? '';
    const { sha256, indexGeneration, embeddingModel } = answer.receipt;
    for (const part of [
      sha256,
      indexGeneration,
      embeddingModel,
      answer.id,
      ...Object.values(answer.receipt.articleVersions),
    ]) {
      expect(receipt).toContain(part);
    }
  });

  it('says that the articles do not answer, and shows what comes nearest', async () => {
    const answer = await server.askAndCheck({
      question: 'What is the annual budget of the Lantern Island hospital?',
    });
    expect(answer.outcome).toBe('declined');
    const { document } = await open(`${server.url}/answers/${answer.id}`);
    expect(textsOf(document, '.reply p')).toEqual([answer.text]);
    expect(document.querySelector('.remarks')).toBeNull();
    expect(elements(document, 'ol.footnotes')).toHaveLength(0);
    expect(textsOf(document, 'ul.footnotes blockquote')).toEqual(answer.nearest.map(({ quote }) => quote));
  });

  it('says of each sentence how far it is borne, and of the answer what else is to be known', async () => {
    const address = await serveAnswer({
      ...sampleAnswer({
        sentences: [
          { text: 'The fair drew 5,400 visitors.', cites: [1] },
          { text: 'Children paid nothing.', cites: [2, 1], verdict: 'partial' },
          { text: 'It will return.', verdict: 'unsupported', startsParagraph: true },
        ],
        unanswered: ['who won the race'],
        remark: 'The articles do not say who won the race.',
        degraded: true,
      }),
      asOf: '2024-05-14',
    });
    const { document } = await open(address);
    expect(textsOf(document, '.reply p')).toEqual([
      'The fair drew 5,400 visitors.1 Children paid nothing.21 partly supported',
      'It will return. not verified',
      'The articles do not say who won the race.',
    ]);
    const remarks = textsOf(document, '.remarks p');
    expect(remarks[0]).toBe('1 of 3 sentences fully supported by their quotations');
    expect(remarks.join(' ')).toMatch(/who won the race.*As of 14 May 2024.*language model failed/u);
    expect(attributesOf(document, '.footnotes a[href^="https:"]', 'href')).toEqual([
      'https://gazette.example/fair#:~:text=The%20fair%20drew',
    ]);
    const vietnamese = (await open(`${address}?lang=vi`)).document;
    expect(textsOf(vietnamese, '.reply .verdict')).toEqual(['có căn cứ một phần', 'chưa kiểm chứng']);
    expect(attributesOf(vietnamese, 'form', 'action')).toEqual(['../answers/answer-1/verify?lang=vi#check']);
  });

  it('names other articles with the same words, and marks a translation as made by a machine', async () => {
    const answer = sampleAnswer();
    const [first, ...others] = answer.citations;
    if (!first) throw new Error('The sample cites nothing.');
    const address = await serveAnswer({
      ...answer,
      citations: [
        {
          ...first,
          translation: { text: 'Hội chợ đón 5.400 khách.', language: 'vi', by: 'chat', model: 'openai:some' },
          alsoIn: [{ articleId: 'copy', title: 'A copy', publisher: 'Wire', passageId: 'copy:0:0-1' }],
          support: { ...first.support, judgedBy: 'chat' },
        },
        ...others,
      ],
    });
    const { document } = await open(address);
    expect(textOf(document, '.translation')).toContain('Machine translation (openai:some), not evidence');
    expect(document.querySelector('.translation [lang="vi"]')).not.toBeNull();
    expect(attributesOf(document, '.also-in a', 'href')).toEqual(['../articles/copy']);
    expect(textOf(document, '.judged')).toBe('judged by a model');
  });

  it('shows whatever an answer holds as text', async () => {
    const hostile = '</p><script>alert(1)</script><a href="javascript:alert(2)">x</a>\u202e';
    const sample = sampleAnswer({
      question: hostile,
      sentences: [{ text: hostile, cites: [1] }],
      quotes: [{ quote: hostile, title: hostile, publisher: hostile, original: 'javascript:alert(3)' }],
    });
    const address = await serveAnswer({
      ...sample,
      standaloneQuestion: `${hostile}?`,
      citations: sample.citations.map((citation) => ({
        ...citation,
        articleId: '../"><b>',
        sourceUrl: 'data:text/html,x',
      })),
      unanswered: [hostile],
      receipt: { ...sample.receipt, model: hostile, articleVersions: { [hostile]: hostile } },
    });
    const { document } = await open(address, { method: 'GET' });
    expect(textOf(document, 'h1')).toBe(hostile);
    expect(textOf(document, '.sentence')).toBe(hostile);
    expect(textOf(document, '.footnotes blockquote')).toBe(hostile);
    expect(elements(document, 'script').filter((script) => script.getAttribute('src') === null)).toEqual([]);
    expect(elements(document, 'b')).toEqual([]);
    expect(addressesOf(document).filter((link) => /^\s*[a-z]+:/iu.test(link))).toEqual([]);
    expect(attributesOf(document, '.ways a', 'href')[0]).toMatch(
      /^\.\.\/articles\/\.\.%2F%22%3E%3Cb%3E\?cite=/u,
    );
  });

  it('is sent again only when it changed', async () => {
    const address = await serveAnswer(sampleAnswer());
    const first = await fetch(address);
    const etag = first.headers.get('etag') ?? '';
    const again = await fetch(address, { headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' } });
    expect([first.status, again.status]).toEqual([200, 304]);
    expect(first.headers.get('content-security-policy')).toContain("script-src 'self'");
  });

  it('is a page for people where there is no such answer', async () => {
    const { response, document } = await open(`${server.url}/answers/nope?lang=vi`);
    expect(response.status).toBe(404);
    expect(textOf(document, 'h1')).toBe('Không có câu trả lời này');
    expect((await open(`${server.url}/answers/${'a'.repeat(300)}`)).response.status).toBe(404);
    const json = await fetch(`${server.url}/api/answers/nope`);
    expect((await problemIn(json)).status).toBe(404);
  });
});

describe('checking an answer again without JavaScript', () => {
  it('says that everything holds, and later what does not', async () => {
    const place = await createFolder();
    onTestFinished(() => place.remove());
    await writeFiles(place.path, { 'corpus/ferry.md': bayArticles['ferry-2024.md'] });
    const own = await serveFootnote({
      CORPUS_DIR: `${place.path}/corpus`,
      INDEX_DIR: `${place.path}/index`,
      EMBEDDING_WORKERS: '1',
    });
    onTestFinished(() => own.close());
    await own.assistant.ingest();
    const answer = await own.askAndCheck({ question: 'What will the second vessel be named?' });
    const address = `${own.url}/answers/${answer.id}`;
    const [action] = attributesOf((await open(address)).document, 'form', 'action');
    const check = () => open(new URL(action ?? '', address).href, { method: 'POST' });

    const first = await check();
    expect(first.response.status).toBe(200);
    expect(first.response.headers.get('cache-control')).toBe('no-store');
    expect(textOf(first.document, '.result .outcome')).toContain('Everything holds');
    expect(textsOf(first.document, '.findings .broken')).toEqual([]);
    expect(textOf(first.document, '.result')).toContain('The article has not changed since.');

    const changed = bayArticles['ferry-2024.md'].replace('Kittiwake', 'Guillemot');
    await writeFiles(place.path, { 'corpus/ferry.md': changed });
    await own.assistant.ingest();
    const second = await check();
    expect(textOf(second.document, '.result .outcome')).toContain('Everything holds');
    expect(textOf(second.document, '.result')).toContain('no longer holds the quotation');

    const back = await fetch(new URL(action ?? '', address), { redirect: 'manual' });
    expect(back.status).toBe(303);
    expect(new URL(back.headers.get('location') ?? '', `${address}/verify`).href).toBe(address);
  });

  it('names each quotation and each sentence that does not hold', async () => {
    const answer = sampleAnswer();
    const address = await serveAnswer(answer, {
      holds: false,
      hash: 'changed',
      citations: [
        { n: 1, articleId: 'a', articleVersion: 'v', status: 'moved', foundAt: { start: 1, end: 2 } },
        {
          n: 2,
          articleId: 'b',
          articleVersion: 'v',
          status: 'missing-article',
          present: { status: 'missing-article' },
        },
      ],
      sentences: [
        { index: 0, verdict: 'supported', before: 'supported', holds: true },
        { index: 1, verdict: 'unsupported', before: 'partial', holds: false },
      ],
    });
    const { document } = await open(`${address}/verify`, { method: 'POST' });
    expect(textOf(document, '.result .outcome')).toContain('Not everything holds');
    const broken = textsOf(document, '.findings .broken').map((line) => line.replace(/\s+/gu, ' '));
    expect(broken).toHaveLength(4);
    expect(broken[0]).toContain('Does not hold: The answer has been changed');
    expect(broken[1]).toMatch(/Footnote 1 .*5,400 visitors.* elsewhere than the answer says/u);
    expect(broken[2]).toMatch(/not stored.*no longer among the articles/u);
    expect(broken[3]).toMatch(
      /Sentence 2 Children paid nothing\. now not verified; before: partly supported\./u,
    );
    expect(textsOf(document, '.findings .holds')).toHaveLength(1);
    const missing = await open(`${server.url}/answers/nope/verify`, { method: 'POST' });
    expect(missing.response.status).toBe(404);
  });
});

describe('the paragraphs of a reply', () => {
  it('leave out the markers behind sentences, and nothing else', () => {
    const text = 'One [sic]. [1][2] Two. [3]\n\nThree [4].\n\nOf our own [5].';
    const spanOf = (words: string, citations: number[]) => {
      const start = text.indexOf(words);
      return { start, end: start + words.length, verdict: 'supported', citations } as const;
    };
    const sentences = [spanOf('One [sic].', [1, 2]), spanOf('Two.', [3]), spanOf('Three [4].', [])];
    expect(replyParagraphs({ text, sentences }).map((parts) => parts.map((part) => part.text))).toEqual([
      ['One [sic].', 'Two.'],
      ['Three [4].'],
      ['Of our own [5].'],
    ]);
    expect(replyParagraphs({ text: 'Not said.\n\nMore.', sentences: [] })).toEqual([
      [{ text: 'Not said.' }],
      [{ text: 'More.' }],
    ]);
  });
});
