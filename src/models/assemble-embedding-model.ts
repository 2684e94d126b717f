import { createHash } from 'node:crypto';

import { FootnoteError } from '../domain/errors.ts';
import type { Language } from '../domain/language.ts';
import type { EmbeddingModel, EmbedOptions } from '../domain/ports.ts';
import type { EmbeddingModelOptions } from './embedding-model-options.ts';

/** Embeds texts as they are, in their order. */
export type EmbedTexts = (texts: readonly string[], options?: EmbedOptions) => Promise<number[][]>;

/**
 * Puts prefixes and checks around a function that embeds texts, in the shape of LangChain's `Embeddings`.
 *
 * A passage prefix makes another space, so it adds `:p<8 hex digits of its SHA-256>` to the id.
 */
export function assembleEmbeddingModel(parts: {
  readonly id: string;
  readonly dimensions: number;
  readonly languages: readonly Language[];
  readonly options: EmbeddingModelOptions;
  readonly embed: EmbedTexts;
  readonly close: () => Promise<void>;
}): EmbeddingModel {
  const { dimensions } = parts;
  const { queryPrefix, passagePrefix } = parts.options;
  const id = passagePrefix === '' ? parts.id : `${parts.id}:p${shortHash(passagePrefix)}`;
  let closed = false;

  const embed: EmbedTexts = async (texts, options) => {
    if (closed) throw new FootnoteError('unavailable', `The embedding model ${id} was closed.`);
    options?.signal?.throwIfAborted();
    const vectors = await parts.embed(texts, options);
    const wrong = vectors.find((vector) => vector.length !== dimensions);
    if (wrong === undefined) return vectors;
    throw new FootnoteError(
      'model-failed',
      `The embedding model ${id} gave a vector of ${wrong.length} numbers, expected ${dimensions}.`,
    );
  };

  return {
    id,
    dimensions,
    languages: parts.options.languages ?? parts.languages,
    async embedQuery(text, options) {
      const [vector] = await embed([queryPrefix + text], options);
      if (vector === undefined) throw new FootnoteError('model-failed', `${id} gave no vector.`);
      return vector;
    },
    embedDocuments: (texts, options) =>
      embed(
        texts.map((text) => passagePrefix + text),
        options,
      ),
    async close() {
      closed = true;
      await parts.close();
    },
  };
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
