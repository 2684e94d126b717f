import type { DiskUse, IngestAdmin } from '../../domain/ingest-admin.ts';
import type { WithdrawnStore } from '../added/withdrawn.ts';
import type { CorpusFiles } from '../load/corpus-files.ts';
import type { CorpusIndex } from '../local-corpus.ts';
import { openOriginal } from './original-file.ts';
import { describeSources } from './source-overviews.ts';
import { describeWithdrawn } from './withdrawn-articles.ts';

/** What those see who look after the articles. */
export function createCorpusViews(parts: {
  readonly files: CorpusFiles;
  readonly index: Pick<CorpusIndex, 'sources' | 'articles'>;
  readonly withdrawn: Pick<WithdrawnStore, 'read'>;
  readonly disk: () => Promise<DiskUse>;
}): Pick<IngestAdmin, 'sources' | 'original' | 'withdrawn' | 'disk'> {
  const { files, index, withdrawn, disk } = parts;
  return {
    async sources() {
      const [records, articles, withdrawals] = await Promise.all([
        index.sources(),
        index.articles(),
        withdrawn.read(),
      ]);
      return describeSources({ files, records, articles, withdrawals });
    },
    original: async (path) => openOriginal(files, await index.sources(), path),
    withdrawn: async () => describeWithdrawn(await withdrawn.read()),
    disk,
  };
}
