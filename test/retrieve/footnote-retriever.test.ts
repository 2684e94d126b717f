import { BaseRetriever } from '@langchain/core/retrievers';
import { RunnableLambda, RunnablePassthrough, RunnableSequence } from '@langchain/core/runnables';
import { describe, expect, it } from 'vitest';

import { FootnoteRetriever, toDocument } from '../../src/retrieve/footnote-retriever.ts';
import { evidence, evidenceOf } from '../answer/chat/support.ts';

const [startup, ranking] = evidence;

function createRetriever() {
  const queries: string[] = [];
  const retriever = new FootnoteRetriever({
    search: (query) => {
      queries.push(query);
      return Promise.resolve(evidence);
    },
  });
  return { retriever, queries };
}

describe('FootnoteRetriever', () => {
  it('is a LangChain retriever whose documents can be cited exactly', async () => {
    const { retriever, queries } = createRetriever();
    expect(retriever).toBeInstanceOf(BaseRetriever);
    const documents = await retriever.invoke('Which decision?');
    expect(queries).toEqual(['Which decision?']);
    expect(documents.map(({ id }) => id)).toEqual(evidence.map(({ passage }) => passage.id));
    expect(documents[0]).toMatchObject({
      pageContent: startup?.text,
      metadata: {
        articleId: 'startup-centre',
        articleVersion: startup?.article.version,
        title: 'About startup-centre',
        publishedAt: '2023-02-01',
        source: { start: 0, end: startup?.text.length },
      },
    });
  });

  it('works in a chain of other people’s parts, in batches too', async () => {
    const { retriever } = createRetriever();
    const chain = RunnableSequence.from([
      {
        context: retriever.pipe((documents) => documents.map(({ pageContent }) => pageContent).join('\n')),
        question: new RunnablePassthrough<string>(),
      },
      RunnableLambda.from(({ context, question }: { context: string; question: string }) => ({
        question,
        knows: context.includes('third'),
      })),
    ]);
    expect(await chain.invoke('Who is third?')).toEqual({ question: 'Who is third?', knows: true });
    expect(await chain.batch(['a', 'b'])).toEqual([
      { question: 'a', knows: true },
      { question: 'b', knows: true },
    ]);
  });

  it('tells callbacks what it found', async () => {
    const { retriever } = createRetriever();
    const found: number[] = [];
    await retriever.invoke('Who?', {
      callbacks: [{ handleRetrieverEnd: (documents: unknown[]) => void found.push(documents.length) }],
    });
    expect(found).toEqual([evidence.length]);
  });

  it('hands on the signal of each call, and of no other', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const retriever = new FootnoteRetriever({
      search: (_query, signal) => {
        signals.push(signal);
        return Promise.resolve(evidence);
      },
    });
    const { signal } = new AbortController();
    await Promise.all([retriever.invoke('Who?', { signal }), retriever.invoke('When?')]);
    await retriever.pipe((documents) => documents.length).invoke('Where?', { signal });
    expect(signals.map((given) => given === signal)).toEqual([true, false, true]);
    expect(signals[1]).toBeUndefined();
  });

  it('passes failures on', async () => {
    const retriever = new FootnoteRetriever({ search: () => Promise.reject(new Error('no index')) });
    await expect(retriever.invoke('Who?')).rejects.toThrow('no index');
  });
});

describe('toDocument', () => {
  it('leaves out what is not known', () => {
    const { metadata } = toDocument(evidenceOf({ id: 'bare' }, ['One.']));
    expect(Object.keys(metadata)).not.toContain('publishedAt');
    expect(Object.keys(metadata)).not.toContain('sourceUrl');
    expect(
      toDocument(evidenceOf({ id: 'full', sourceUrl: 'https://a.example/' }, ['One.'])).metadata,
    ).toMatchObject({
      sourceUrl: 'https://a.example/',
    });
    expect(ranking?.article.id).toBe('ranking');
  });
});
