// In a process of its own: answers questions with the parts that the assistant is made of, and times each stage.
import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import { createAnswerChain } from '#footnote/answer/answer-chain.js';
import { createExtractiveWriter } from '#footnote/answer/extractive-writer.js';
import { loadConfig } from '#footnote/config.js';
import { openIndex } from '#footnote/index/open-index.js';
import { findBundledModelFiles } from '#footnote/models/bundled-model-files.js';
import { correctTypos } from '#footnote/retrieve/correct-typos.js';
import { loadGlossary } from '#footnote/retrieve/glossary.js';
import { createRetriever } from '#footnote/retrieve/retriever.js';
import { readKnownWords } from '#footnote/retrieve/typos/known-words.js';

import { residentBytes, runTask } from '../support/child-task.ts';
import { defaultIndex } from './bench-settings.ts';
import { createStageClock } from './stage-clock.ts';
import type { StageTimes } from './stages.ts';

const settingsSchema = z.object({
  dir: z.string(),
  questions: z.array(z.string()),
  /** Questions end after so many milliseconds. */
  askMs: z.number(),
});

await runTask(settingsSchema, async ({ dir, questions, askMs }) => {
  const { glossaryFile, topK } = loadConfig({ INDEX_DIR: dir });
  const settings = await defaultIndex(dir);
  const glossary = await loadGlossary(glossaryFile);
  const isKnownWord = await readKnownWords((await findBundledModelFiles()).tokenizer);
  const clock = createStageClock();
  const before = residentBytes();
  const begin = performance.now();
  const opened = await openIndex(settings);
  const openMs = performance.now() - begin;
  const index = clock.watchIndex(opened);
  const embeddings = clock.watchEmbeddings(settings.embeddings);
  const chain = createAnswerChain({
    retriever: clock.watchRetriever(createRetriever({ embeddings, glossary })),
    correct: (where, question, language) =>
      clock.timed(
        'spelling',
        async () => (await correctTypos({ index: where, question, language, isKnownWord })).question,
      ),
    glossary,
    extractive: createExtractiveWriter(),
  });

  async function ask(question: string): Promise<unknown> {
    const now = new Date();
    const request = { question };
    const job = { id: randomUUID(), createdAt: now, now, request, index, topK, onStage: clock.onStage };
    for await (const event of await chain.stream(job)) if (event.type === 'answer-end') return event.answer;
    return undefined;
  }

  async function measure(question: string): Promise<StageTimes> {
    const start = performance.now();
    const answer = await ask(question);
    await clock.timed('serialise', () => Promise.resolve(JSON.stringify(answer)));
    return clock.take(performance.now() - start);
  }

  const asked = performance.now();
  const times: StageTimes[] = [];
  // The first quarter compiles code and fills caches, as the first minutes of a server do.
  const warm = Math.ceil(questions.length / 4);
  for (const [position, question] of questions.entries()) {
    const measured = await measure(question);
    if (position >= warm) times.push(measured);
    if (performance.now() - asked > askMs && times.length >= 10) break;
  }
  const memory = residentBytes() - before;
  opened.close();
  await settings.embeddings.close();
  return { openMs, memory, times };
});
