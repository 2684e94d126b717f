import type { EmbeddingModel, IndexWriter, IndexedArticle, SourceRecord } from '../../src/domain/ports.ts';

interface State {
  readonly articles: Map<string, { entry: IndexedArticle; fingerprint: string }>;
  readonly sources: Map<string, SourceRecord>;
}

/** An index in memory, whose writers see what was committed before, or what a suspended one had built. */
export function createMemoryIndex() {
  const committed: State = { articles: new Map(), sources: new Map() };
  let suspended: State | undefined;
  const calls: string[] = [];
  const copy = ({ articles, sources }: State): State => ({
    articles: new Map(articles),
    sources: new Map(sources),
  });
  return {
    committed: committed.articles,
    sources: committed.sources,
    calls,
    writer(): IndexWriter {
      const resumed = suspended !== undefined;
      const next = copy(suspended ?? committed);
      suspended = undefined;
      const before = copy(next);
      return {
        fingerprints: new Map(Array.from(before.articles, ([id, { fingerprint }]) => [id, fingerprint])),
        sources: before.sources,
        resumed,
        async stored(articleId) {
          return before.articles.get(articleId)?.entry;
        },
        async put(entry, fingerprint) {
          calls.push(`put ${entry.article.id}`);
          next.articles.set(entry.article.id, { entry, fingerprint });
        },
        async remove(articleId) {
          calls.push(`remove ${articleId}`);
          next.articles.delete(articleId);
        },
        async putSource(record) {
          next.sources.set(record.path, record);
        },
        async removeSource(path) {
          next.sources.delete(path);
        },
        async commit() {
          calls.push('commit');
          replace(committed.articles, next.articles);
          replace(committed.sources, next.sources);
          return {
            id: 'generation',
            createdAt: '2026-01-01T00:00:00.000Z',
            embeddingModel: 'letters',
            dimensions: 26,
            articles: committed.articles.size,
            passages: 0,
            languages: {},
          };
        },
        async suspend() {
          calls.push('suspend');
          suspended = next;
        },
        async discard() {
          calls.push('discard');
        },
      };
    },
  };
}

function replace<K, V>(map: Map<K, V>, by: ReadonlyMap<K, V>): void {
  map.clear();
  for (const [key, value] of by) map.set(key, value);
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
