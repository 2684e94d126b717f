import { FakeListChatModel } from '@langchain/core/utils/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createNewsroom } from './examples/langchain.ts';
import { bayArticles } from './support/bay-articles.ts';
import { createFolder, type TemporaryFolder, writeFiles } from './support/folders.ts';

let folder: TemporaryFolder;
let newsroom: Awaited<ReturnType<typeof createNewsroom>>;
const prompts: string[] = [];

beforeAll(async () => {
  folder = await createFolder();
  await writeFiles(`${folder.path}/corpus`, bayArticles);
  newsroom = await createNewsroom({
    corpusDir: `${folder.path}/corpus`,
    indexDir: `${folder.path}/index`,
    model: new FakeListChatModel({ responses: ['It was built in 1904.'] }),
    notes: ['The editor wants years checked twice.', 'Lunch is at noon in the copper hall.'],
  });
});

afterAll(async () => {
  await newsroom.close();
  await folder.remove();
});

describe('Footnote as a library', () => {
  const question = 'When was the lighthouse of Lantern Island built?';

  it('gives its articles and its vector store to a LangChain chain', async () => {
    const answer = await newsroom.chain.invoke(question, {
      callbacks: [
        {
          handleChatModelStart: (_model: unknown, messages: { content: unknown }[][]) =>
            void prompts.push(...messages.flat().map(({ content }) => String(content))),
        },
      ],
    });
    expect(answer).toBe('It was built in 1904.');
    expect(prompts).toHaveLength(1);
    expect(prompts[0]).toContain('The lighthouse of Lantern Island was built in 1904');
    expect(prompts[0]).toMatch(/Notes:\n(?:The editor|Lunch)/u);
    expect(prompts[0]).toContain(`Question: ${question}`);
  });

  it('says where each passage stands', async () => {
    const [first] = await newsroom.places(question);
    expect(first).toMatchObject({ articleId: 'lighthouse', source: { start: 0 } });
    expect(first?.articleVersion).toMatch(/^[0-9a-f]{64}$/u);
  });

  it('answers as a step of a chain, with exact quotations', async () => {
    const { citations, outcome } = await newsroom.footnoted.invoke(question);
    expect(outcome).toBe('answered');
    expect(citations[0]?.quote).toContain('built in 1904');
  });
});
