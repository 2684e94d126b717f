import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Answer } from '../../src/domain/answer.ts';
import { articleSchema, articlesSchema } from '../support/answer-schema.ts';
import { bayArticles } from '../support/bay-articles.ts';
import { checkAnswer, quotations } from '../support/check-answer.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../support/folders.ts';
import {
  assistantFor,
  type FootnoteServer,
  receivedEvents,
  serveFootnote,
  type Settings,
} from '../support/footnote-server.ts';
import { createGate, type OpenAiServer, startOpenAiServer } from '../support/openai-server.ts';
import { pointerTo } from '../support/prompt-pointers.ts';

const capacity = 'The electric ferry carries 240 passengers on each crossing.';
const question = 'How many passengers does the electric ferry carry on each crossing?';

let folder: TemporaryFolder;
let corpus: string;
let settings: Settings;
let footnote: FootnoteServer | undefined;
let model: OpenAiServer | undefined;

beforeEach(async () => {
  folder = await createFolder();
  corpus = join(folder.path, 'corpus');
  settings = { CORPUS_DIR: corpus, INDEX_DIR: join(folder.path, 'index') };
  await writeFiles(corpus, { 'ferry-2023.md': bayArticles['ferry-2023.md'] });
});

afterEach(async () => {
  await footnote?.close();
  await model?.close();
  footnote = undefined;
  model = undefined;
  await folder.remove();
});

/** Brings the index up to date as another process would: with an assistant of its own. */
async function ingest() {
  const assistant = await assistantFor(settings);
  try {
    return await assistant.ingest();
  } finally {
    await assistant.close();
  }
}

describe('an index that is brought up to date while a server answers from it', () => {
  it('is seen by the next question: articles added, changed and removed', async () => {
    await ingest();
    footnote = await serveFootnote(settings);
    const before = await footnote.askAndCheck({ question });
    expect(quotations(before)).toContain(capacity);

    await writeFiles(corpus, {
      'ferry-2023.md': bayArticles['ferry-2023.md'].replace('240 passengers', '365 passengers'),
      'lighthouse.md': bayArticles['lighthouse.md'],
    });
    expect(await ingest()).toMatchObject({ added: ['lighthouse'], changed: ['ferry-2023'] });
    const after = await footnote.askAndCheck({ question });
    expect(quotations(after)).toContain('365 passengers');
    expect(quotations(after)).not.toContain('240 passengers');
    expect(after.receipt.indexGeneration).not.toBe(before.receipt.indexGeneration);
    expect(after.receipt.indexGeneration > before.receipt.indexGeneration).toBe(true);

    await rm(join(corpus, 'ferry-2023.md'));
    expect(await ingest()).toMatchObject({ removed: ['ferry-2023'], unchanged: ['lighthouse'] });
    const { articles } = await footnote.get('/api/articles', articlesSchema);
    expect(articles.map(({ id }) => id)).toEqual(['lighthouse']);
    const last = await footnote.askAndCheck({ question });
    expect(last.citations.map(({ articleId }) => articleId)).not.toContain('ferry-2023');
  });

  it('stays the same generation when nothing has changed', async () => {
    const first = await ingest();
    const second = await ingest();
    expect(second).toMatchObject({ added: [], changed: [], unchanged: ['ferry-2023'], removed: [] });
    expect(second.generation.id).toBe(first.generation.id);
  });

  it('lets an answer under way end on the generation that it began with', async () => {
    const gate = createGate();
    model = await startOpenAiServer((request) => ({
      steps: [
        `It takes 240 passengers ${pointerTo(request, capacity)}. It`,
        gate.opened,
        ` opened on 10 April 2023 ${pointerTo(request, '10 April 2023')}.`,
      ],
    }));
    const first = await ingest();
    footnote = await serveFootnote({
      ...settings,
      CHAT_MODEL: 'openai:test',
      OPENAI_BASE_URL: model.baseUrl,
    });
    const old = await footnote.get('/api/articles/ferry-2023', articleSchema);

    // Not `stream`: the article that its footnotes are checked with is the old one.
    const headers = { accept: 'text/event-stream' };
    const response = await footnote.post('/api/answers', { question }, { headers });
    const ended: Answer[] = [];
    const meanwhile: string[] = [];
    for await (const event of receivedEvents(response)) {
      if (event.type === 'sentence-verdict' && event.sentence.start === 0) {
        await writeFiles(corpus, {
          'ferry-2023.md': bayArticles['ferry-2023.md'].replace('10 April', '11 May'),
        });
        await ingest();
        const renewed = await footnote.get('/api/articles/ferry-2023', articleSchema);
        meanwhile.push(renewed.text);
        gate.open();
      }
      if (event.type === 'answer-end') ended.push(event.answer);
    }
    expect(meanwhile.join()).toContain('11 May');
    const [answer] = ended;
    if (!answer) throw new Error('The answer did not end.');
    expect(answer).toMatchObject({ degraded: false, abstained: false });
    expect(answer.receipt.indexGeneration).toBe(first.generation.id);
    expect(quotations(answer)).toContain('10 April 2023');
    await checkAnswer(answer, () => Promise.resolve(old));
  });

  it('serves what there is although an ingest fails or is aborted', async () => {
    const { generation } = await ingest();
    footnote = await serveFootnote(settings);
    await writeFiles(corpus, { 'lighthouse.md': bayArticles['lighthouse.md'] });
    const assistant = await assistantFor(settings);
    const abort = new AbortController();
    const aborted = assistant.ingest({
      signal: abort.signal,
      onProgress: ({ phase }) => {
        if (phase === 'embedding') abort.abort();
      },
    });
    await expect(aborted).rejects.toThrow(/abort/iu);
    await assistant.close();
    const answer = await footnote.askAndCheck({ question });
    expect(answer.receipt.indexGeneration).toBe(generation.id);
    expect(quotations(answer)).toContain(capacity);
  });
});

describe('a server without an index', () => {
  it('says so to probes and callers, and answers as soon as there is one', async () => {
    footnote = await serveFootnote(settings);
    const { url } = footnote;
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const assistant = await assistantFor(settings);
    const error = await assistant.ask({ question }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({
      code: 'index-unusable',
      remedy: expect.stringContaining('npm run ingest'),
    });
    await assistant.close();

    const refused = await footnote.post('/api/answers', { question });
    expect(refused.status).toBe(503);
    expect(await refused.text()).not.toContain(folder.path);
    await ingest();
    const answer = await footnote.askAndCheck({ question });
    expect(quotations(answer)).toContain(capacity);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);

    // The refusal was the server's failure, and it is the only one.
    const closing = footnote.close();
    footnote = undefined;
    await expect(closing).rejects.toMatchObject({ errors: [{ code: 'index-unusable' }] });
  });
});
