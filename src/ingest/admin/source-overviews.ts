import type { SourceArticle, SourceOverview } from '../../domain/ingest-admin.ts';
import type { SourceRecord } from '../../domain/ports.ts';
import type { Withdrawals } from '../added/withdrawn.ts';
import type { CorpusFiles } from '../load/corpus-files.ts';

/** What the index knows of the files of the corpus, with what is there. */
export async function describeSources({
  files,
  records,
  articles,
  withdrawals,
}: {
  readonly files: CorpusFiles;
  readonly records: readonly SourceRecord[];
  readonly articles: readonly SourceArticle[];
  readonly withdrawals: Withdrawals;
}): Promise<readonly SourceOverview[]> {
  const byId = new Map(articles.map((article) => [article.id, article]));
  const withdrawnFiles = new Set(withdrawals.list.map(({ file }) => file));
  const described = await files.describe(records.map(({ path }) => path));
  return records.map(({ path, articles: ids, failures }) => {
    const { bytes = 0, address } = described.get(path) ?? {};
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
