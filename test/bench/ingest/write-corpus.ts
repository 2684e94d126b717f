import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { generatedArticles, passagesPerArticle } from '../support/generated-articles.ts';

/** Writes so many generated articles as Markdown files into `folder`. @returns their size together, in bytes. */
export async function writeCorpus(folder: string, articles: number, corpus: string): Promise<number> {
  let bytes = 0;
  // Their vectors are made by the ingest, so that those made here may be short.
  for (const { article } of generatedArticles({
    corpus,
    passages: articles * passagesPerArticle,
    dimensions: 2,
  })) {
    const file = join(folder, article.language, `${article.id}.md`);
    const text = [
      '---',
      `title: ${JSON.stringify(article.title)}`,
      `date: ${article.publishedAt}`,
      `language: ${article.language}`,
      '---',
      '',
      article.text,
      '',
    ].join('\n');
    await mkdir(join(folder, article.language), { recursive: true });
    await writeFile(file, text);
    bytes += Buffer.byteLength(text);
  }
  return bytes;
}
