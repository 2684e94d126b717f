import { Gauge, type Registry } from 'prom-client';

import type { Assistant } from '../../domain/assistant.ts';

/** The generation that answers, and its size, as of the last call of what is returned. */
export function measureIndex(
  registry: Registry,
  { generation }: Pick<Assistant, 'generation'>,
): () => Promise<void> {
  const registers = [registry];
  const info = new Gauge({
    name: 'footnote_index_info',
    help: 'The generation of the index that answers; always 1.',
    labelNames: ['generation', 'embedding_model'],
    registers,
  });
  const created = new Gauge({
    name: 'footnote_index_created_timestamp_seconds',
    help: 'When the generation of the index was made.',
    registers,
  });
  const articles = new Gauge({ name: 'footnote_index_articles', help: 'Articles in the index.', registers });
  const passages = new Gauge({ name: 'footnote_index_passages', help: 'Passages in the index.', registers });
  const ready = new Gauge({
    name: 'footnote_index_ready',
    help: 'Whether there is an index to answer from.',
    registers,
  });
  return async () => {
    const current = await generation().catch(() => undefined);
    // One series at a time, however many generations there have been.
    info.reset();
    ready.set(current ? 1 : 0);
    if (current) info.set({ generation: current.id, embedding_model: current.embeddingModel }, 1);
    created.set(current ? Date.parse(current.createdAt) / 1000 : 0);
    articles.set(current?.articles ?? 0);
    passages.set(current?.passages ?? 0);
  };
}
