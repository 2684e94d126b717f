import { FootnoteError } from '../../domain/errors.ts';
import type { WebSourceKind } from '../../domain/ingest-admin.ts';
import { plainAddress } from '../web/documents/canonical-address.ts';
import { resultOfFiles } from './add-files.ts';
import type { JobParts, Prepared, WorkUnderWay } from './job-parts.ts';

/** Fetches what an address has. Whoever names a page wants it, also where it was withdrawn before. */
export async function fetchPages(
  parts: JobParts,
  { sources, signal, onProgress }: WorkUnderWay,
  { url, kind }: { readonly url: string; readonly kind: WebSourceKind },
): Promise<Prepared> {
  const { fetch, withdrawn } = parts;
  if (!fetch) throw new FootnoteError('unavailable', 'This server fetches nothing from the web.');
  await withdrawn.restore({ urls: URL.canParse(url) ? [url, plainAddress(url)] : [url] });
  const { stored, unchanged, gone, skipped, failed } = await fetch({ url, kind }, { signal, onProgress });
  const paths = [...stored, ...unchanged].map(({ file }) => file);
  if (kind === 'page' || (kind === 'auto' && paths.length === 1)) await withdrawn.restore({ files: paths });
  const absent = gone.map(({ file }) => ({
    file,
    reason: 'The page is gone; what was fetched before stays.',
  }));
  const before = sources.filter(({ path }) => paths.includes(path)).flatMap(({ articles }) => articles);
  return {
    touched: paths,
    result: (report) => resultOfFiles(report, { paths, before, failed: [...failed, ...skipped, ...absent] }),
  };
}
