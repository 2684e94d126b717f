import { join } from 'node:path';

import { bayArticles } from './bay-articles.ts';
import { createFolder, type TemporaryFolder, writeFiles } from './folders.ts';
import { assistantFor } from './footnote-server.ts';

/** A temporary folder with {@link bayArticles} in `corpus` and their index in `index`. */
export async function createBayIndex(): Promise<TemporaryFolder> {
  const folder = await createFolder();
  await writeFiles(join(folder.path, 'corpus'), bayArticles);
  const assistant = await assistantFor({
    CORPUS_DIR: join(folder.path, 'corpus'),
    INDEX_DIR: join(folder.path, 'index'),
  });
  await assistant.ingest();
  await assistant.close();
  return folder;
}
