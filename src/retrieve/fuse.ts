import type { PassageHit } from '../domain/ports.ts';
import { minMax } from './min-max.ts';

/** A passage with the scores of both retrievers, where they found it. */
export interface FusedHit {
  readonly passageId: string;
  /** 0–1. */
  readonly score: number;
  readonly dense?: number;
  readonly lexical?: number;
}

/**
 * Fuses two ranked lists by their min-max normalised scores (relative score fusion; Bruch, Gai & Ingber,
 * "An Analysis of Fusion Functions for Hybrid Retrieval", 2023): better here than reciprocal rank fusion.
 *
 * @param denseWeight - 0–1; the lexical list weighs the rest. An empty list leaves all weight to the other.
 * @returns best first; ties by passage id, so that the order never depends on the lists' order.
 */
export function fuse(options: {
  readonly dense: readonly PassageHit[];
  readonly lexical: readonly PassageHit[];
  readonly denseWeight: number;
}): FusedHit[] {
  const { dense, lexical } = options;
  const denseWeight = dense.length === 0 ? 0 : lexical.length === 0 ? 1 : options.denseWeight;
  const denseScores = byPassage(dense);
  const lexicalScores = byPassage(lexical);
  const normaliseDense = normaliser(dense);
  const normaliseLexical = normaliser(lexical);
  const fused = Array.from(new Set([...denseScores.keys(), ...lexicalScores.keys()]), (passageId) => {
    const denseScore = denseScores.get(passageId);
    const lexicalScore = lexicalScores.get(passageId);
    return {
      passageId,
      score: denseWeight * normaliseDense(denseScore) + (1 - denseWeight) * normaliseLexical(lexicalScore),
      ...(denseScore !== undefined && { dense: denseScore }),
      ...(lexicalScore !== undefined && { lexical: lexicalScore }),
    };
  });
  return fused.toSorted(byScore);
}

/**
 * The weighted mean of several fused lists over the same passages, e.g. of a question alone and in its
 * conversation. A passage that a list misses scores 0 there.
 */
export function averageHits(lists: readonly { hits: readonly FusedHit[]; weight: number }[]): FusedHit[] {
  const merged = new Map<string, FusedHit>();
  const total = lists.reduce((sum, { weight }) => sum + weight, 0);
  for (const { hits, weight } of lists) {
    for (const hit of hits) {
      const known = merged.get(hit.passageId);
      merged.set(hit.passageId, {
        ...hit,
        ...known,
        score: (known?.score ?? 0) + (hit.score * weight) / total,
      });
    }
  }
  return Array.from(merged.values()).toSorted(byScore);
}

/** The best score of each passage in any of the lists, e.g. of the parts of a question. */
export function bestHits(lists: readonly (readonly FusedHit[])[]): FusedHit[] {
  const best = new Map<string, FusedHit>();
  for (const hit of lists.flat()) {
    const known = best.get(hit.passageId);
    if (!known || hit.score > known.score) best.set(hit.passageId, hit);
  }
  return Array.from(best.values()).toSorted(byScore);
}

function byPassage(hits: readonly PassageHit[]): Map<string, number> {
  return new Map(hits.map(({ passageId, score }) => [passageId, score]));
}

/** Maps the list's scores to 0–1; what the list does not hold counts 0; equal scores all count 1. */
function normaliser(hits: readonly PassageHit[]): (score: number | undefined) => number {
  const normalise = minMax(
    hits.map(({ score }) => score),
    1,
  );
  return (score) => (score === undefined ? 0 : normalise(score));
}

function byScore(a: FusedHit, b: FusedHit): number {
  return b.score - a.score || (a.passageId < b.passageId ? -1 : a.passageId > b.passageId ? 1 : 0);
}
