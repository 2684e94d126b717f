import { FakeListChatModel } from '@langchain/core/utils/testing';
import { array, assert, asyncProperty, constantFrom, oneof, string } from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { RetrievedJob } from '../../src/answer/answer-job.ts';
import { createChatWriter } from '../../src/answer/chat/chat-writer.ts';
import { loadPrompts } from '../../src/answer/chat/prompts.ts';
import { composeAnswer } from '../../src/answer/compose-answer.ts';
import { phrases } from '../../src/answer/phrases.ts';
import type { Draft, DraftSentence, Writer } from '../../src/answer/writer.ts';
import type { AnswerEvent } from '../../src/domain/answer-event.ts';
import { FootnoteError } from '../../src/domain/errors.ts';
import type { PassageIndex } from '../../src/domain/ports.ts';
import { parseGlossary } from '../../src/retrieve/glossary.ts';
import { checkAnswer, quotations, sentenceTexts } from '../support/check-answer.ts';
import { evidence, promptsDir } from './chat/support.ts';

const [startup, ranking] = evidence;
if (!startup || !ranking) throw new Error('The evidence is missing.');

const neverUsed = () => Promise.reject(new Error('Writing does not search.'));
const index: PassageIndex = {
  generation: {
    id: '20260101T120000000Z-1a2b3c4d',
    createdAt: '2026-01-01T12:00:00.000Z',
    embeddingModel: 'test',
    dimensions: 3,
    articles: 2,
    passages: 2,
    languages: { en: 2 },
  },
  searchVectors: neverUsed,
  searchText: neverUsed,
  search: neverUsed,
  documentFrequencies: neverUsed,
  similarTerms: neverUsed,
  passages: neverUsed,
  sentenceVectors: neverUsed,
  article: neverUsed,
  articles: neverUsed,
  statistics: neverUsed,
  copyGroups: neverUsed,
  sources: neverUsed,
  sourceArticles: neverUsed,
};

const glossary = parseGlossary('nghị quyết\tresolution\n');

const job: RetrievedJob = {
  id: '00000000-0000-4000-8000-000000000000',
  createdAt: new Date('2026-01-02T03:04:05.678Z'),
  request: { question: 'Which decision approved the centre?' },
  index,
  topK: 8,
  language: 'en',
  questionLanguage: 'en',
  standaloneQuestion: 'Which decision approved the centre?',
  evidence,
  candidates: [],
  parts: [[]],
  meantQuestion: 'Which decision approved the centre?',
  questions: ['Which decision approved the centre?'],
  time: { recency: 'none' },
  filters: {},
  now: new Date('2026-01-02T03:04:05.678Z'),
};

/** A sentence that cites sentences of the evidence by article and number. */
function sentence(text: string, ...cited: [article: 0 | 1, number: number][]): DraftSentence {
  const sources = cited.flatMap(([article, number]) => {
    const source = article === 0 ? startup : ranking;
    const found = source?.passage.sentences[number];
    return source && found ? [{ evidence: source, sentence: found }] : [];
  });
  return { type: 'sentence', text, sources, droppedCitations: 0 };
}

type Step = Draft | Error | (() => void);

/** A writer that does what it is told, and then throws or ends. */
function writer(name: Writer['name'], steps: readonly Step[], about: Partial<Writer> = {}) {
  const calls: Parameters<Writer['write']>[0][] = [];
  const scripted: Writer = {
    name,
    ...about,
    write: async function* write(input) {
      calls.push(input);
      for (const step of steps) {
        if (step instanceof Error) throw step;
        if (typeof step === 'function') step();
        else yield await Promise.resolve(step);
      }
    },
  };
  return { ...scripted, calls };
}

async function compose(writers: readonly Writer[], signal?: AbortSignal, asked = job) {
  const events: AnswerEvent[] = [];
  for await (const event of composeAnswer({
    job: asked,
    writers,
    glossary,
    ...(signal && { signal }),
  }))
    events.push(event);
  const last = events.at(-1);
  if (last?.type !== 'answer-end') throw new Error('The answer did not end.');
  await checkAnswer(last.answer, (id) => {
    const source = [startup, ranking].find((item) => item?.article.id === id);
    return source
      ? Promise.resolve({ version: source.article.version, text: source.text })
      : Promise.reject(new Error(`No article ${id}.`));
  });
  return { events, answer: last.answer, usage: last.usage };
}

const decision = 'The province approved the centre by Decision No. 57-NQ/TW.';
const visitors = 'It received 3.5 million visitors.';
const failure = new FootnoteError('model-failed', 'The model failed.');
const abstain: Draft = { type: 'abstain' };

describe('an answer', () => {
  it('streams each sentence with its footnotes and verdict as soon as it stands', async () => {
    const { events, answer } = await compose([
      writer('extractive', [sentence(decision, [0, 0]), sentence(visitors, [0, 1])]),
    ]);
    expect(events.map(({ type }) => type)).toEqual([
      'answer-start',
      'evidence',
      'text-delta',
      'citation',
      'sentence-verdict',
      'text-delta',
      'citation',
      'sentence-verdict',
      'answer-end',
    ]);
    expect(answer.text).toBe(`${decision} [1] ${visitors} [2]`);
    expect(answer.receipt.createdAt).toBe('2026-01-02T03:04:05.678Z');
  });

  it('shares a footnote between sentences that cite the same', async () => {
    const again = 'Decision No. 57-NQ/TW approved the centre.';
    const { answer } = await compose([
      writer('chat', [
        sentence(decision, [0, 0]),
        sentence(visitors, [0, 1]),
        sentence(again, [0, 0]),
        sentence(again, [0, 0]),
      ]),
    ]);
    // What a model says twice is shown once.
    expect(answer.text).toBe(`${decision} [1] ${visitors} [2] ${again} [1]`);
    expect(answer.citations).toHaveLength(2);
  });

  it('starts a paragraph where the writer does', async () => {
    const { answer } = await compose([
      writer('chat', [
        { ...sentence(decision, [0, 0]), startsParagraph: true },
        { ...sentence(visitors, [0, 1]), startsParagraph: true },
      ]),
    ]);
    expect(answer.text).toBe(`${decision} [1]\n\n${visitors} [2]`);
  });

  it('judges each sentence by what it cites', async () => {
    const { answer } = await compose([
      writer('chat', [
        sentence(decision, [0, 0]),
        sentence('It received 9.5 million visitors.', [0, 1]),
        sentence('It is lovely.'),
      ]),
    ]);
    expect(answer.sentences.map(({ verdict }) => verdict)).toEqual(['supported', 'unsupported', 'uncited']);
    expect(answer.summary).toMatchObject({ supported: 1, unsupported: 1, uncited: 1 });
    expect(answer.citations.map(({ support }) => support.verdict)).toEqual(['supported']);
    expect(answer.summary.droppedCitations).toBe(1);
  });

  it('leaves out what no quotation bears where the caller is strict', async () => {
    const strict = { ...job, request: { ...job.request, strict: true } };
    const chat = writer('chat', [
      sentence(decision, [0, 0]),
      sentence('It received 9.5 million visitors.', [0, 1]),
    ]);
    const { answer } = await compose([chat], undefined, strict);
    expect(answer.text).toBe(`${decision} [1]`);
    expect(answer.summary).toMatchObject({ supported: 1, unsupported: 0, removedSentences: 1 });
  });

  it('is written by the next writer where nothing of the first one can be borne', async () => {
    const strict = { ...job, request: { ...job.request, strict: true } };
    const chat = writer('chat', [sentence('It received 9.5 million visitors.', [0, 1])]);
    const { answer } = await compose(
      [chat, writer('extractive', [sentence(visitors, [0, 1])])],
      undefined,
      strict,
    );
    expect(answer).toMatchObject({ text: `${visitors} [1]`, degraded: true });
  });

  it('counts the pointers that led nowhere', async () => {
    const { answer } = await compose([
      writer('chat', [
        { ...sentence('One.', [0, 0]), droppedCitations: 2 },
        { ...sentence('Two.'), droppedCitations: 1 },
      ]),
    ]);
    expect(answer.summary.droppedCitations).toBe(3);
  });

  it('tells what the model counted, and which model it was', async () => {
    const about = { model: 'openai:test', temperature: 0.2, promptHash: 'a'.repeat(64) };
    const usage = { inputTokens: 12, outputTokens: 3 };
    const { answer, usage: told } = await compose([
      writer('chat', [sentence(decision, [0, 0]), { type: 'usage', usage }], about),
    ]);
    expect(told).toEqual(usage);
    expect(answer.receipt).toMatchObject({
      writer: 'chat',
      model: 'openai:test',
      promptHash: 'a'.repeat(64),
      settings: { temperature: 0.2 },
    });
  });

  it.each(['en', 'vi'] as const)('says in %s that the articles do not answer', async (language) => {
    const events: AnswerEvent[] = [];
    const writers = [writer('extractive', [abstain])];
    for await (const event of composeAnswer({ job: { ...job, language }, writers, glossary }))
      events.push(event);
    expect(events.slice(2)).toMatchObject([
      { type: 'text-delta', delta: phrases.abstained[language] },
      { type: 'answer-end', answer: { abstained: true, text: phrases.abstained[language], citations: [] } },
    ]);
  });
});

describe('when a writer fails', () => {
  it('the next one writes, and the answer says so', async () => {
    const second = writer('extractive', [sentence(decision, [0, 0])]);
    const { answer } = await compose([writer('chat', [failure]), second]);
    expect(answer).toMatchObject({ degraded: true, abstained: false, receipt: { writer: 'extractive' } });
    expect(answer.text).toBe(`${decision} [1]`);
    expect(second.calls).toMatchObject([{ question: job.standaloneQuestion, language: 'en', evidence }]);
  });

  it('what it had finished stays, and is not cited again', async () => {
    const { answer } = await compose([
      writer('chat', [sentence('Decision No. 57-NQ/TW approved the centre.', [0, 0]), failure]),
      writer('extractive', [sentence(decision, [0, 0]), sentence(visitors, [0, 1])]),
    ]);
    expect(sentenceTexts(answer)).toEqual(['Decision No. 57-NQ/TW approved the centre.', visitors]);
    expect(quotations(answer)).toBe(`${decision}\n${visitors}`);
    expect(answer.degraded).toBe(true);
  });

  it('and the next one has nothing to say, what was finished is the answer', async () => {
    const { answer } = await compose([
      writer('chat', [sentence(decision, [0, 0]), failure]),
      writer('extractive', [abstain]),
    ]);
    expect(answer).toMatchObject({ degraded: true, abstained: false, text: `${decision} [1]` });
  });

  it('and nobody has anything to say, the answer is degraded and honest', async () => {
    const { answer } = await compose([writer('chat', [failure]), writer('extractive', [abstain])]);
    expect(answer).toMatchObject({ degraded: true, abstained: true, citations: [] });
  });

  it('and it was the last, its error is the caller’s', async () => {
    await expect(compose([writer('extractive', [failure])])).rejects.toBe(failure);
    const later = new FootnoteError('timeout', 'Too slow.');
    await expect(compose([writer('chat', [failure]), writer('extractive', [later])])).rejects.toBe(later);
  });

  it('for a reason that nobody foresaw, no other writer hides it', async () => {
    const second = writer('extractive', [sentence(decision, [0, 0])]);
    const bug = new TypeError('x is not a function');
    await expect(compose([writer('chat', [bug]), second])).rejects.toBe(bug);
    expect(second.calls).toEqual([]);
  });

  it('does not count as failing to decline', async () => {
    const second = writer('extractive', [sentence(decision, [0, 0])]);
    const { answer } = await compose([writer('chat', [abstain]), second]);
    expect(answer).toMatchObject({ degraded: false, abstained: true, receipt: { writer: 'chat' } });
    expect(second.calls).toEqual([]);
  });
});

describe('a caller who leaves', () => {
  it('gets no further sentence, and no other writer is asked', async () => {
    const controller = new AbortController();
    const left = new Error('The caller left.');
    const second = writer('extractive', [sentence(decision, [0, 0])]);
    const first = writer('chat', [
      sentence(decision, [0, 0]),
      () => controller.abort(left),
      sentence(visitors, [0, 1]),
    ]);
    const seen: string[] = [];
    const run = async () => {
      const events = composeAnswer({ job, writers: [first, second], glossary, signal: controller.signal });
      for await (const event of events) if (event.type === 'text-delta') seen.push(event.delta);
    };
    await expect(run()).rejects.toBe(left);
    expect(seen).toEqual([`${decision} [1]`]);
    expect(second.calls).toEqual([]);
    expect(first.calls[0]?.signal).toBe(controller.signal);
  });

  it('and thereby makes a writer fail is not answered by the next one', async () => {
    const controller = new AbortController();
    const left = new Error('The caller left.');
    const second = writer('extractive', [sentence(decision, [0, 0])]);
    const first = writer('chat', [() => controller.abort(left), failure]);
    await expect(compose([first, second], controller.signal)).rejects.toThrow(/left|failed/u);
    expect(second.calls).toEqual([]);
  });
});

/** Words, and pieces of pointers, of Markdown, of HTML and of characters that nobody sees; apart by `~`. */
const scraps = [
  decision,
  visitors,
  ...'It has 76 enterprises~Hai Phong~1~12~a~ ~\n~\n\n~. ~?~NO_ANSWER~<think>~</think>'.split('~'),
  ...'[S1]~[S2][S4]~[S99]~[1]~[^1]~[^1]: ~\n[^2]: ~【S3】~［1］~(S1)~[S~[~]~[[~]]~(~)'.split('~'),
  ...'**~*~_~`~```~# ~| ~ |~|---|~- ~1. ~](http://x)'.split('~'),
  ...'<b>~</b>~<br/>~<sup>~<!--~-->~<~>~&lt;~&nbsp;~&amp;'.split('~'),
  ...'\u202E~\u2066~\u200B~\uFEFF~\u00AD~\u0000~\u0085~\u2028~\uD83D~\uDE00'.split('~'),
  ...'\u0301~\uE000~\uFFFF~😀'.split('~'),
];

describe('whatever a chat model writes', () => {
  it('becomes a text of well-formed Unicode whose markers are its footnotes', async () => {
    const prompts = await loadPrompts({ dir: promptsDir });
    const fragment = oneof(
      constantFrom(...scraps),
      string({ unit: 'binary', maxLength: 4 }),
      string({
        unit: constantFrom('[', ']', '1', 'S', '*', '`', '^', '\u200B', '<', 'b', '>'),
        maxLength: 9,
      }),
    );
    await assert(
      asyncProperty(array(fragment, { maxLength: 20 }), async (fragments) => {
        const reply = fragments.join('');
        const model = new FakeListChatModel({ responses: [reply] });
        const chat = createChatWriter({ model, name: 'test:model', prompts });
        // `compose` checks quotations, spans and the markers after each sentence.
        const { answer } = await compose([chat, writer('extractive', [sentence(visitors, [0, 1])])]);
        expect(answer.text.isWellFormed()).toBe(true);
        expect(answer.text).not.toMatch(/[\p{Cf}\p{Co}\p{Cs}]|[^\P{Cc}\n]/u);
        expect(answer.text).not.toMatch(/<\/?(?:b|br|sup)\/?>/u);
        // A marker stands nowhere but behind its sentence.
        for (const text of sentenceTexts(answer)) expect(text).not.toMatch(/\[\s*\d[\d\s]*\]/u);
        for (const { start, end } of answer.sentences) {
          expect(end).toBeLessThanOrEqual(answer.text.length);
          expect(start).toBeLessThan(end);
        }
        const marked = Array.from(answer.text.matchAll(/\[(\d+)\]/gu), ([, n]) => Number(n));
        expect(new Set(marked)).toEqual(new Set(answer.citations.map(({ n }) => n)));
      }),
      { numRuns: 300 },
    );
  });
});
