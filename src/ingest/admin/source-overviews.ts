import { stat } from 'node:fs/promises';

import type { SourceArticle, SourceOverview } from '../../domain/ingest-admin.ts';
import type { SourceRecord } from '../../domain/ports.ts';
import { readSidecar } from '../added/sidecar.ts';
import type { Withdrawals } from '../added/withdrawn.ts';
import { addedPrefix, corpusFile, type CorpusRoots } from '../load/corpus-roots.ts';
import { eachOf } from '../web/each-of.ts';

/** Files that are looked at together: all at once could be more than may be open. */
const filesAtOnce = 16;

/** What the index knows of the files of the corpus, with what stands on the disk. */
export async function describeSources({
  roots,
  records,
  articles,
  withdrawals,
}: {
  readonly roots: CorpusRoots;
  readonly records: readonly SourceRecord[];
  readonly articles: readonly SourceArticle[];
  readonly withdrawals: Withdrawals;
}): Promise<readonly SourceOverview[]> {
  const byId = new Map(articles.map((article) => [article.id, article]));
  const withdrawnFiles = new Set(withdrawals.list.map(({ file }) => file));
  return eachOf(records, filesAtOnce, async ({ path, articles: ids, failures }) => {
    const file = corpusFile(roots, path);
    const bytes = await stat(file).then(
      ({ size }) => size,
      () => 0,
    );
    const address = await addressOf(path, file);
    return {
      path,
      bytes,
      ...(address !== undefined && { address }),
      articles: ids.flatMap((id) => byId.get(id) ?? []),
      failures,
      withdrawn: ids.length === 0 && withdrawnFiles.has(path),
    };
  });
}

/** Only what was added has an address; one that cannot be read is told by the failures. */
async function addressOf(path: string, file: string): Promise<string | undefined> {
  if (!path.startsWith(addedPrefix)) return undefined;
  const sidecar = await readSidecar(file).catch(() => undefined);
  return sidecar?.fetched?.finalUrl;
}
