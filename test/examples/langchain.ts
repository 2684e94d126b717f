import type { BaseLanguageModelInterface } from '@langchain/core/language_models/base';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { RunnableLambda, RunnablePassthrough, RunnableSequence } from '@langchain/core/runnables';

import {
  createAssistant,
  createEmbeddingModel,
  FootnoteRetriever,
  HnswVectorStore,
  loadConfig,
  type PassageMetadata,
} from '../../src/library.ts';

/** What the example asks of its surroundings. */
export interface ExampleOptions {
  /** Folder of articles. */
  readonly corpusDir: string;
  readonly indexDir: string;
  /** Any chat model of LangChain. */
  readonly model: BaseLanguageModelInterface;
  /** Short notes of the program's own, which are searched beside the articles. */
  readonly notes: readonly string[];
}

/** A LangChain program over two kinds of sources: articles, through Footnote's retrieval, and notes of its own. */
export async function createNewsroom({ corpusDir, indexDir, model, notes }: ExampleOptions) {
  const config = loadConfig({ CORPUS_DIR: corpusDir, INDEX_DIR: indexDir });

  // The articles, with all of Footnote's retrieval: both languages, typing errors, dates.
  const assistant = await createAssistant(config);
  await assistant.ingest();
  const articles = new FootnoteRetriever({
    search: (query, signal) => assistant.search({ query, topK: 3 }, signal ? { signal } : {}),
  });

  // The notes, in Footnote's vector store with its embedding model: both are LangChain's own interfaces.
  const embeddings = await createEmbeddingModel(config.embeddings);
  const store = new HnswVectorStore(embeddings, { dimensions: embeddings.dimensions, hnsw: config.hnsw });
  await store.addDocuments(notes.map((pageContent, n) => ({ id: `note-${n}`, pageContent, metadata: {} })));
  const reminders = store.asRetriever({ k: 1 });

  const prompt = ChatPromptTemplate.fromTemplate(
    'Articles:\n{articles}\n\nNotes:\n{notes}\n\nQuestion: {question}',
  );
  const chain = RunnableSequence.from([
    {
      articles: articles.pipe((found) => found.map(({ pageContent }) => pageContent).join('\n')),
      notes: reminders.pipe((found) => found.map(({ pageContent }) => pageContent).join('\n')),
      question: new RunnablePassthrough<string>(),
    },
    prompt,
    model,
    new StringOutputParser(),
  ]);

  // Whoever wants Footnote's own answer, footnotes and all, makes a step of a chain of it.
  const footnoted = RunnableLambda.from((question: string, { signal }) =>
    assistant.ask({ question }, signal ? { signal } : {}),
  );

  return {
    chain,
    footnoted,
    /** The places that the chain was given, to cite them exactly. */
    async places(question: string): Promise<PassageMetadata[]> {
      return (await articles.invoke(question)).map(({ metadata }) => metadata);
    },
    async close(): Promise<void> {
      await Promise.all([assistant.close(), embeddings.close()]);
    },
  };
}
