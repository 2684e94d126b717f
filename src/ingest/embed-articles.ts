import { createBreather } from '../domain/breather.ts';
import { FootnoteError } from '../domain/errors.ts';
import type { Passage } from '../domain/passage.ts';
import type { EmbeddingModel, IndexedArticle } from '../domain/ports.ts';
import { sliceSpan } from '../domain/span.ts';
import type { PreparedArticle } from './parse/parsed-file.ts';
import { passageInput } from './passage-input.ts';

/** Articles are embedded together until they have this many new texts. */
const batchTexts = 512;

/** Batches under way at a time: while one ends, and its articles are stored, the next keeps every thread busy. */
const batchesAtOnce = 3;

/** Articles that wait for a batch to be full: with none but known texts, nothing is gained by waiting. */
const batchArticles = 512;

type Vector = readonly number[];

/** An article waiting for its vectors, with what it may take from its earlier version. */
interface Waiting {
  readonly entry: PreparedArticle;
  readonly texts: readonly string[];
  readonly known: ReadonlyMap<string, Vector>;
}

/**
 * Embeds articles with their passages and sentences, in batches over articles, several of them at a time. Yields them in order. Texts that stood
 * in the earlier version of an article keep their vectors.
 *
 * @throws FootnoteError `model-failed`; the signal's reason when it is aborted.
 */
export async function* embedArticles(
  articles: AsyncIterable<PreparedArticle>,
  options: {
    readonly embeddings: EmbeddingModel;
    /** The article as indexed before. */
    readonly stored: (articleId: string) => Promise<IndexedArticle | undefined>;
    readonly signal?: AbortSignal | undefined;
  },
): AsyncGenerator<IndexedArticle> {
  const { signal } = options;
  const given = new AbortController();
  const embedding = {
    ...options,
    signal: signal ? AbortSignal.any([signal, given.signal]) : given.signal,
  };
  const underWay: Promise<readonly IndexedArticle[]>[] = [];
  const breathe = createBreather();
  let batch: Waiting[] = [];
  let missing = 0;

  function begin(): void {
    const one = embedBatch(batch, embedding);
    // Whoever waits for it is told; until then a rejection is not unhandled.
    one.catch(() => undefined);
    underWay.push(one);
    batch = [];
    missing = 0;
  }

  try {
    for await (const entry of articles) {
      signal?.throwIfAborted();
      await breathe();
      const texts = textsOf(entry);
      const before = await options.stored(entry.article.id);
      const known = before ? vectorsByText(before) : new Map<string, Vector>();
      batch.push({ entry, texts, known });
      missing += texts.filter((text) => !known.has(text)).length;
      if (missing < batchTexts && batch.length < batchArticles) continue;
      begin();
      if (underWay.length === batchesAtOnce) yield* (await underWay.shift()) ?? [];
    }
    begin();
    while (underWay.length > 0) yield* (await underWay.shift()) ?? [];
  } finally {
    given.abort();
    await Promise.allSettled(underWay);
  }
}

async function embedBatch(
  batch: readonly Waiting[],
  { embeddings, signal }: { readonly embeddings: EmbeddingModel; readonly signal: AbortSignal },
): Promise<readonly IndexedArticle[]> {
  signal.throwIfAborted();
  const wanted = batch.flatMap(({ texts, known }) => texts.filter((text) => !known.has(text)));
  const vectors = wanted.length === 0 ? [] : await embeddings.embedDocuments(wanted, { signal });
  if (vectors.length !== wanted.length) {
    throw new FootnoteError(
      'model-failed',
      `The embedding model ${embeddings.id} returned ${vectors.length} vectors for ${wanted.length} texts.`,
    );
  }
  let next = 0;
  return batch.map(({ entry, texts, known }) => {
    const all = texts.map((text) => known.get(text) ?? vectors[next++] ?? []);
    const { article, passages, signature } = entry;
    let taken = passages.length;
    const sentenceVectors = passages.map(({ sentences }) => all.slice(taken, (taken += sentences.length)));
    return { article, passages, passageVectors: all.slice(0, passages.length), sentenceVectors, signature };
  });
}

/** The texts of an article in the order of their vectors: its passages, then the sentences of each. */
function textsOf({ article, passages }: Pick<IndexedArticle, 'article' | 'passages'>): readonly string[] {
  const sentencesOf = (passage: Passage) => passage.sentences.map((span) => sliceSpan(article.text, span));
  return [...passages.map((passage) => passageInput(article, passage)), ...passages.flatMap(sentencesOf)];
}

function vectorsByText(entry: IndexedArticle): Map<string, Vector> {
  const vectors = [...entry.passageVectors, ...entry.sentenceVectors.flat()];
  return new Map(
    textsOf(entry).flatMap((text, index) => {
      const vector = vectors[index];
      return vector ? [[text, vector] as const] : [];
    }),
  );
}
