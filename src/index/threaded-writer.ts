import type { IndexWriter, SourceRecord } from '../domain/ports.ts';
import { createBacklog } from './backlog.ts';
import type { BuildingOptions } from './building.ts';
import { checkIndexedArticle } from './indexed-article-checks.ts';
import { packArticle, packedBytes, unpackArticle } from './packed-article.ts';
import type { WriterCall } from './writer-messages.ts';
import { startWriterThread, type WriterThread } from './writer-thread.ts';

/** Bytes that may be on their way to the thread before the next change has to wait. */
const mostUnderWay = 8_000_000;

/** What a change without an article counts for, in bytes. */
const smallChange = 4_000;

/** Settings of {@link createThreadedWriter}. */
export interface ThreadedWriterOptions extends BuildingOptions {
  /** What the thread runs instead of `writer-worker.ts`. */
  readonly module?: URL | undefined;
}

/**
 * As `createIndexWriter`, with all its work in a thread, so that whoever answers questions meanwhile is not held up.
 *
 * A change resolves when it is on its way. Where it fails later, as on a full disk, every call after it but `suspend` and
 * `discard` fails with the same error, `commit` at the latest. An article that cannot be stored is refused at once.
 *
 * @throws FootnoteError `unavailable` as `createIndexWriter`, and when the thread stops: what it had written stays on the
 * disk, for the next writer to carry on.
 */
export async function createThreadedWriter(options: ThreadedWriterOptions): Promise<IndexWriter> {
  const thread = startWriterThread(options);
  try {
    const { resumed } = await thread.ask({ call: 'open' }, 'opened');
    const content = await readContent(thread);
    return { ...content, resumed, ...createChanges(thread, content, options) };
  } catch (error) {
    await thread.end();
    throw error;
  }
}

/** In parts, each asked for: messages that wait are received all at once, however many they are. */
async function readContent(thread: WriterThread): Promise<Pick<IndexWriter, 'fingerprints' | 'sources'>> {
  const fingerprints = new Map<string, string>();
  const sources = new Map<string, SourceRecord>();
  for (;;) {
    const part = await thread.ask({ call: 'content' }, 'content');
    for (const [articleId, fingerprint] of part.fingerprints) fingerprints.set(articleId, fingerprint);
    for (const record of part.sources) sources.set(record.path, record);
    if (part.last) return { fingerprints, sources };
  }
}

function createChanges(
  thread: WriterThread,
  { fingerprints }: Pick<IndexWriter, 'fingerprints'>,
  { embeddings: { dimensions }, verified }: BuildingOptions,
): Omit<IndexWriter, 'fingerprints' | 'sources' | 'resumed'> {
  /** Articles that have come since. */
  const added = new Set<string>();
  const underWay = createBacklog(mostUnderWay);
  let failure: { readonly error: unknown } | undefined;
  let ended = false;

  function check(): void {
    if (ended) throw new TypeError('This index writer has ended; create another one.');
    if (failure) throw failure.error;
  }

  /** Resolves when the change is on its way. */
  async function send(
    call: WriterCall,
    bytes = smallChange,
    moved: readonly ArrayBuffer[] = [],
  ): Promise<void> {
    check();
    await underWay.enter(bytes);
    try {
      check();
    } catch (error) {
      underWay.leave(bytes);
      throw error;
    }
    thread
      .ask(call, 'done', moved)
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => underWay.leave(bytes));
  }

  async function end(call: 'suspend' | 'discard'): Promise<void> {
    if (ended) return;
    ended = true;
    try {
      await thread.ask({ call }, 'done');
    } catch (error) {
      // What a thread that has stopped had written stays for the next one.
      if (!thread.hasStopped()) throw error;
    } finally {
      await thread.end();
    }
  }

  return {
    async stored(articleId) {
      check();
      if (!fingerprints.has(articleId) && !added.has(articleId)) return undefined;
      const { entry } = await thread.ask({ call: 'stored', articleId }, 'stored');
      return entry && unpackArticle(entry, dimensions);
    },
    async put(article, fingerprint) {
      check();
      checkIndexedArticle(article);
      const entry = packArticle(article, dimensions);
      added.add(article.article.id);
      await send({ call: 'put', entry, fingerprint }, packedBytes(entry), [entry.vectors.buffer]);
    },
    remove: (articleId) => send({ call: 'remove', articleId }),
    putSource: (record) => send({ call: 'putSource', record }),
    removeSource: (path) => send({ call: 'removeSource', path }),
    async commit() {
      check();
      try {
        const committed = await thread.ask({ call: 'commit' }, 'committed');
        verified?.add(committed.verified);
        return committed.generation;
      } catch (error) {
        // Of a change before it: then it was not begun, and whether to keep what there is, is for the caller to say.
        check();
        throw error;
      } finally {
        if (!failure) {
          ended = true;
          await thread.end();
        }
      }
    },
    suspend: () => end('suspend'),
    discard: () => end('discard'),
  };
}
