import { followCorpus, type FollowOptions } from './follow-corpus.ts';
import { readSourcesFile } from './web/sources/sources-file.ts';
import type { WebSources } from './web/web-sources.ts';

/** Longest time between two looks at which web sources are due, in milliseconds. */
const longestLookMs = 60_000;

/** What {@link followWithWeb} needs. */
export interface FollowWithWebOptions extends Pick<
  FollowOptions,
  'roots' | 'signal' | 'onError' | 'onReady'
> {
  readonly web: Pick<WebSources, 'nextLook'>;
  /** Milliseconds between two looks at a web source that names no interval, and at files whose changes nobody tells of. */
  readonly refreshMs: number;
  /** Brings the index up to date. */
  readonly update: (run: { readonly offline: boolean }) => Promise<void>;
}

/** Follows the files of a corpus, and the sources on the web that its `sources.yml` names. */
export function followWithWeb({ web, refreshMs, update, ...options }: FollowWithWebOptions): Promise<void> {
  const { corpusDir } = options.roots;
  let filesLookedAt = Number.NEGATIVE_INFINITY;
  async function look(): Promise<void> {
    const nextPage = (await web.nextLook(await readSourcesFile(corpusDir))) ?? Infinity;
    const now = performance.now();
    if (nextPage > Date.now() && filesLookedAt + refreshMs > now) return;
    filesLookedAt = now;
    await update({ offline: false });
  }
  return followCorpus({
    ...options,
    look,
    lookMs: Math.min(refreshMs, longestLookMs),
    update: () => update({ offline: true }),
  });
}
