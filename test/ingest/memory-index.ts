import type { EmbeddingModel, IndexWriter, IndexedArticle } from '../../src/domain/ports.ts';

/** An index in memory, whose writers see what was committed before. */
export function createMemoryIndex() {
  const committed = new Map<string, { entry: IndexedArticle; fingerprint: string }>();
  const calls: string[] = [];
  return {
    committed,
    calls,
    writer(): IndexWriter {
      const next = new Map(committed);
      return {
        fingerprints: new Map(Array.from(committed, ([id, { fingerprint }]) => [id, fingerprint])),
        async put(entry, fingerprint) {
          calls.push(`put ${entry.article.id}`);
          next.set(entry.article.id, { entry, fingerprint });
        },
        async remove(articleId) {
          calls.push(`remove ${articleId}`);
          next.delete(articleId);
        },
        async commit() {
          calls.push('commit');
          committed.clear();
          for (const [id, value] of next) committed.set(id, value);
          return {
            id: 'generation',
            createdAt: '2026-01-01T00:00:00.000Z',
            embeddingModel: 'letters',
            dimensions: 26,
            articles: committed.size,
            passages: 0,
            languages: {},
          };
        },
        async discard() {
          calls.push('discard');
        },
      };
    },
  };
}

/** Embeds a text as the frequencies of its letters, and records what it was given. */
export function createLetterModel(
  fail?: (text: string) => boolean,
): EmbeddingModel & { readonly seen: string[][] } {
  const seen: string[][] = [];
  const embed = (text: string): number[] => {
    const vector = Array.from({ length: 26 }, () => 0);
    for (const letter of text.toLowerCase().matchAll(/[a-z]/gu)) {
      const index = letter[0].charCodeAt(0) - 97;
      vector[index] = (vector[index] ?? 0) + 1;
    }
    const norm = Math.hypot(...vector) || 1;
    return vector.map((value) => value / norm);
  };
  return {
    id: 'letters',
    dimensions: 26,
    languages: ['en'],
    seen,
    async embedQuery(text) {
      return embed(text);
    },
    async embedDocuments(texts, options) {
      options?.signal?.throwIfAborted();
      if (fail && texts.some(fail)) throw new Error('the model broke');
      seen.push(texts);
      options?.onProgress?.(texts.length);
      return texts.map(embed);
    },
    async close() {},
  };
}
