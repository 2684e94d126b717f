// In a process of its own: adds one article to an index that is served, and waits until it is found.
import { z } from 'zod';

import { createIndexHandle } from '#footnote/index/index-handle.js';
import { createThreadedWriter } from '#footnote/index/threaded-writer.js';

import { runTask } from '../support/child-task.ts';
import { generatedArticles, passagesPerArticle } from '../support/generated-articles.ts';
import { defaultIndex } from './bench-settings.ts';

const settingsSchema = z.object({ dir: z.string(), corpus: z.string() });

await runTask(settingsSchema, async ({ dir, corpus }) => {
  const place = await defaultIndex(dir);
  const { embeddings } = place;
  const handle = createIndexHandle(place);
  try {
    (await handle.acquire()).release();
    const [entry] = generatedArticles({
      corpus,
      passages: passagesPerArticle,
      seed: 2,
      dimensions: embeddings.dimensions,
    });
    if (!entry) throw new Error('One article is generated.');
    const article = { ...entry.article, id: 'added-last' };
    const passages = entry.passages.map((passage) => ({ ...passage, articleId: article.id }));
    const texts = passages.flatMap(({ start, end, sentences }) =>
      [{ start, end }, ...sentences].map((span) => article.text.slice(span.start, span.end)),
    );
    await embeddings.embedDocuments(texts.slice(0, 1));

    const begin = performance.now();
    await embeddings.embedDocuments(texts);
    const embedded = performance.now();
    const writer = await createThreadedWriter(place);
    try {
      await writer.put({ ...entry, article, passages }, article.version);
      await writer.commit();
    } finally {
      await writer.discard();
    }
    const committed = performance.now();
    const lease = await handle.acquire();
    const vector = entry.passageVectors[0] ?? [];
    const [hit] = await lease.index.searchVectors({ vector, limit: 1 });
    const end = performance.now();
    lease.release();
    if (hit?.passageId !== passages[0]?.id) throw new Error('The article that was added is not found.');
    return {
      embedMs: embedded - begin,
      writeMs: committed - embedded,
      openMs: end - committed,
      totalMs: end - begin,
    };
  } finally {
    await handle.close();
    await embeddings.close();
  }
});
