import type { CorpusFiles } from '../../src/ingest/load/corpus-files.ts';
import type { AddedPlace } from './added-store-contract.ts';

/** All files with what is said of them, as text, by path. */
export async function keptIn(
  files: Pick<CorpusFiles, 'list' | 'read'>,
): Promise<Awaited<ReturnType<AddedPlace['kept']>>> {
  const kept = [];
  for (const path of (await files.list()).files) {
    const { bytes, sidecar } = await files.read(path, { maxBytes: 1_000_000 });
    kept.push([path, { text: Buffer.from(bytes).toString(), sidecar }] as const);
  }
  return Object.fromEntries(kept);
}
