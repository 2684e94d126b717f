import type { Article } from '../domain/article.ts';
import { FootnoteError } from '../domain/errors.ts';
import type { Passage } from '../domain/passage.ts';
import type { EmbeddingModel, IndexedArticle } from '../domain/ports.ts';
import { sliceSpan } from '../domain/span.ts';
import { passageInput } from './passage-input.ts';
import { splitArticle } from './split/passages.ts';

/** Articles are embedded together until they have this many texts, so that every worker thread is busy. */
const batchTexts = 1_024;

interface Prepared {
  readonly article: Article;
  readonly passages: readonly Passage[];
  readonly texts: readonly string[];
}

/** Splits articles and embeds their passages and sentences, in batches over articles. Yields them in order. */
export async function* embedArticles(
  articles: readonly Article[],
  options: {
    embeddings: EmbeddingModel;
    /** Called with texts embedded so far and in all. */
    onProgress?: (done: number, total: number) => void;
    signal?: AbortSignal;
  },
): AsyncGenerator<IndexedArticle> {
  const { embeddings, onProgress, signal } = options;
  const prepared = articles.map(prepare);
  const total = prepared.reduce((sum, entry) => sum + entry.texts.length, 0);
  let done = 0;
  for (const batch of batches(prepared)) {
    signal?.throwIfAborted();
    const texts = batch.flatMap((entry) => entry.texts);
    const vectors = await embeddings.embedDocuments(texts, {
      ...(signal && { signal }),
      onProgress: (count) => {
        done += count;
        onProgress?.(done, total);
      },
    });
    if (vectors.length !== texts.length) {
      throw new FootnoteError(
        'model-failed',
        `The embedding model ${embeddings.id} returned ${vectors.length} vectors for ${texts.length} texts.`,
      );
    }
    let next = 0;
    for (const { article, passages } of batch) {
      const take = (count: number) => vectors.slice(next, (next += count));
      const passageVectors = take(passages.length);
      const sentenceVectors = passages.map((passage) => take(passage.sentences.length));
      yield { article, passages, passageVectors, sentenceVectors };
    }
  }
}

/** The texts of an article in the order of their vectors: its passages, then the sentences of each. */
function prepare(article: Article): Prepared {
  const passages = splitArticle(article);
  const sentences = passages.flatMap((passage) =>
    passage.sentences.map((span) => sliceSpan(article.text, span)),
  );
  return {
    article,
    passages,
    texts: [...passages.map((passage) => passageInput(article, passage)), ...sentences],
  };
}

function* batches(prepared: readonly Prepared[]): Generator<Prepared[]> {
  let batch: Prepared[] = [];
  let texts = 0;
  for (const entry of prepared) {
    batch.push(entry);
    texts += entry.texts.length;
    if (texts < batchTexts) continue;
    yield batch;
    batch = [];
    texts = 0;
  }
  if (batch.length > 0) yield batch;
}
