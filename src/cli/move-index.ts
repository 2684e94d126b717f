import { FootnoteError } from '../domain/errors.ts';
import { sha256 } from '../domain/fingerprint.ts';
import type { GenerationInfo, IndexWriter } from '../domain/ports.ts';
import type { IndexSource } from './index-source.ts';

/** What {@link moveIndex} copies, and where to. */
export interface IndexMove {
  readonly from: Pick<IndexSource, 'fingerprints' | 'sources' | 'stored'>;
  /** Ended by it: committed, or left for the next one to carry on. */
  readonly to: IndexWriter;
  /** Whether what `to` holds beside it, or otherwise, may be removed. */
  readonly replace: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Makes the index of `to` equal to that of `from`, with the vectors that it has. What is there already is not copied again.
 *
 * @throws FootnoteError `configuration` when something of `to` would be lost without `replace`.
 */
export async function moveIndex(move: IndexMove): Promise<GenerationInfo> {
  const { to, replace } = move;
  try {
    const others = [...to.fingerprints].filter(([id, print]) => move.from.fingerprints.get(id) !== print);
    if (others.length > 0 && !replace) throw occupied(others.length);
    await copyArticles(move);
    await copySources(move);
    return await to.commit();
  } catch (error) {
    await to.suspend();
    throw error;
  }
}

/** The refusal to lose `count` articles of the target. */
export function occupied(count: number): FootnoteError {
  const articles = count === 1 ? 'an article' : `${count} articles`;
  return new FootnoteError(
    'configuration',
    `There is something else already: ${articles} that would be lost.`,
    {
      remedy: 'Name another folder or another schema (--to-schema), or remove them with --replace.',
    },
  );
}

async function copyArticles({ from, to, signal, onProgress }: IndexMove): Promise<void> {
  const ids = [...from.fingerprints.keys()].toSorted();
  for (const [index, id] of ids.entries()) {
    signal.throwIfAborted();
    const fingerprint = from.fingerprints.get(id) ?? '';
    if (to.fingerprints.get(id) !== fingerprint) {
      const entry = await from.stored(id);
      if (!entry) throw changedMeanwhile();
      await to.put(entry, fingerprint);
    }
    onProgress(index + 1, ids.length);
  }
  for (const id of to.fingerprints.keys()) {
    signal.throwIfAborted();
    if (!from.fingerprints.has(id)) await to.remove(id);
  }
}

async function copySources({ from, to, signal }: IndexMove): Promise<void> {
  for (const record of from.sources.values()) {
    signal.throwIfAborted();
    await to.putSource(record);
  }
  for (const path of to.sources.keys()) {
    if (!from.sources.has(path)) await to.removeSource(path);
  }
}

function changedMeanwhile(): FootnoteError {
  return new FootnoteError('unavailable', 'What is copied was changed meanwhile.', {
    remedy: 'Run it again: what has been copied is not copied twice.',
  });
}

/** What must be equal when an index was moved. */
export interface IndexSummary {
  readonly articles: number;
  readonly passages: number;
  readonly sources: number;
  /** SHA-256 over ids and fingerprints, which hold the versions and all metadata. */
  readonly checksum: string;
}

/** Sums an index up. */
export function summaryOf({
  generation,
  fingerprints,
  sources,
}: Pick<IndexSource, 'generation' | 'fingerprints' | 'sources'>): IndexSummary {
  const sorted = [...fingerprints].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return {
    articles: fingerprints.size,
    passages: generation.passages,
    sources: sources.size,
    checksum: sha256(JSON.stringify(sorted)),
  };
}
