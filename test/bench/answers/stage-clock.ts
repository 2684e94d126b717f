import type { OnStage } from '#footnote/domain/answer-stage.js';
import type { EmbeddingModel, PassageIndex } from '#footnote/domain/ports.js';
import type { Retriever } from '#footnote/retrieve/retriever.js';

import { type Interval, type StageTimes, unionOf } from './stages.ts';

type Work =
  | 'understand'
  | 'retrieve'
  | 'write'
  | 'verify'
  | 'spelling'
  | 'embed'
  | 'dense'
  | 'lexical'
  | 'retriever'
  | 'serialise';

/** Times the parts of one answer at a time, from outside: by the ports that they go through. */
export interface StageClock {
  readonly onStage: OnStage;
  /** Does `work`, and notes when. */
  timed<T>(name: Work, work: () => Promise<T>): Promise<T>;
  /** The same parts, watched. */
  watchIndex(index: PassageIndex): PassageIndex;
  watchEmbeddings(embeddings: EmbeddingModel): EmbeddingModel;
  watchRetriever(retriever: Retriever): Retriever;
  /** What was noted since the last call. */
  take(total: number): StageTimes;
}

/** Makes a {@link StageClock}. */
export function createStageClock(): StageClock {
  let noted = new Map<Work, Interval[]>();
  /** Since when the best passages are read, which is when the lists found have been fused. */
  let fusedAt: number | undefined;

  function note(name: Work, start: number): void {
    noted.set(name, [...(noted.get(name) ?? []), { start, end: performance.now() }]);
  }

  async function timed<T>(name: Work, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      note(name, start);
    }
  }

  return {
    timed,
    onStage: (stage) => {
      const start = performance.now();
      return () => note(stage, start);
    },
    watchIndex(index) {
      const searchVectors: PassageIndex['searchVectors'] = (query) =>
        timed('dense', () => index.searchVectors(query));
      const searchText: PassageIndex['searchText'] = (query) =>
        timed('lexical', () => index.searchText(query));
      return {
        ...index,
        searchVectors,
        searchText,
        // As the index does it, but one of the two after the other whatever it does, so that each can be timed.
        search: async ({ vector, ...query }) => ({
          dense: vector ? await searchVectors({ vector, ...query }) : [],
          lexical: await searchText(query),
        }),
        passages: (ids) => {
          fusedAt ??= performance.now();
          return index.passages(ids);
        },
      };
    },
    watchEmbeddings: (embeddings) => ({
      ...embeddings,
      embedQuery: (text, options) => timed('embed', () => embeddings.embedQuery(text, options)),
    }),
    watchRetriever: (retriever) => ({
      retrieve: (index, request) => timed('retriever', () => retriever.retrieve(index, request)),
    }),
    take(total) {
      const taken = noted;
      const times = stageTimes((name) => taken.get(name) ?? [], fusedAt, total);
      noted = new Map();
      fusedAt = undefined;
      return times;
    },
  };
}

function stageTimes(
  of: (name: Work) => readonly Interval[],
  fusedAt: number | undefined,
  total: number,
): StageTimes {
  const spent = (name: Work) => unionOf(of(name));
  const searches = [...of('dense'), ...of('lexical')];
  const found = Math.max(0, ...searches.map(({ end }) => end));
  const retrieved = Math.max(0, ...of('retriever').map(({ end }) => end));
  return {
    understand: spent('understand'),
    spelling: spent('spelling'),
    embed: spent('embed'),
    dense: spent('dense'),
    lexical: spent('lexical'),
    fuse: fusedAt === undefined ? 0 : Math.max(0, fusedAt - found),
    rerank: fusedAt === undefined ? 0 : Math.max(0, retrieved - fusedAt),
    choose: Math.max(0, spent('retrieve') - unionOf([...of('spelling'), ...of('retriever')])),
    write: Math.max(0, spent('write') - spent('verify')),
    verify: spent('verify'),
    serialise: spent('serialise'),
    total,
  };
}
