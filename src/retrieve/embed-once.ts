import type { EmbeddingModel } from '../domain/ports.ts';

/** Embeds a question. */
export type EmbedQuery = (text: string) => Promise<number[]>;

/** Embeds each text once, however many searches and measurements of one request ask for it. */
export function embedOnce(embeddings: EmbeddingModel, signal: AbortSignal | undefined): EmbedQuery {
  const vectors = new Map<string, Promise<number[]>>();
  return (text) => {
    const vector = vectors.get(text) ?? embeddings.embedQuery(text, signal ? { signal } : {});
    vectors.set(text, vector);
    return vector;
  };
}
