import { afterAll, beforeAll, onTestFinished } from 'vitest';

import type { GenerationInfo, IndexedArticle, IndexWriter, PassageIndex } from '../../../src/domain/ports.ts';
import type { IndexLease } from '../../../src/index/index-handle.ts';

/** An index of its own, empty at first, whose vectors have eight numbers. */
export interface ContractIndex {
  /** For the same work each time, so that what was interrupted is carried on. */
  openWriter(): Promise<IndexWriter>;
  acquire(): Promise<IndexLease>;
  close(): Promise<void>;
}

/** Makes one. */
export type OpenIndex = () => Promise<ContractIndex>;

/** An index with ways to use it in one line. */
export interface TestIndex extends ContractIndex {
  /** Puts the articles into it and commits. */
  ingest(entries: readonly IndexedArticle[]): Promise<GenerationInfo>;
  /** Begins a writer and ends it with `commit`. */
  change(work: (writer: IndexWriter) => Promise<void>): Promise<GenerationInfo>;
  /** Reads from the current generation. */
  read<T>(work: (index: PassageIndex) => Promise<T>): Promise<T>;
  /** Ids of all articles, sorted. */
  articleIds(): Promise<string[]>;
}

/** The fingerprint that {@link TestIndex.ingest} gives an article. */
export function printOf({ article }: IndexedArticle): string {
  return `print of ${article.version}`;
}

/** A new index, closed when the test ends, with these articles. */
export async function indexOf(open: OpenIndex, entries?: readonly IndexedArticle[]): Promise<TestIndex> {
  const index = withShortcuts(await open());
  onTestFinished(() => index.close());
  if (entries) await index.ingest(entries);
  return index;
}

/** An index that all tests of a `describe` read and none changes. */
export function sharedIndex(open: OpenIndex, entries: readonly IndexedArticle[]): () => PassageIndex {
  let opened: TestIndex | undefined;
  let lease: IndexLease | undefined;
  beforeAll(async () => {
    opened = withShortcuts(await open());
    await opened.ingest(entries);
    lease = await opened.acquire();
  });
  afterAll(async () => {
    lease?.release();
    await opened?.close();
  });
  return () => {
    if (!lease) throw new Error('The index could not be opened.');
    return lease.index;
  };
}

/** Adds the ways to use it in one line. */
export function withShortcuts(opened: ContractIndex): TestIndex {
  const change: TestIndex['change'] = async (work) => {
    const writer = await opened.openWriter();
    await work(writer);
    return writer.commit();
  };
  const read: TestIndex['read'] = async (work) => {
    const lease = await opened.acquire();
    try {
      return await work(lease.index);
    } finally {
      lease.release();
    }
  };
  return {
    ...opened,
    change,
    read,
    ingest: (entries) =>
      change(async (writer) => {
        for (const entry of entries) await writer.put(entry, printOf(entry));
      }),
    articleIds: () => read(async (index) => (await index.articles()).map(({ id }) => id).toSorted()),
  };
}
