import type { Evidence } from '../domain/evidence.ts';
import { retrievalSettings as settings } from './retrieval-settings.ts';

/**
 * The first `topK` passages, of which no article has more than half while passages of other articles come near the
 * best one; where none do, an article keeps the places that it earned. Which documents are found, and in which order,
 * stays as it was: only an article's later passages give way.
 *
 * @param ranked - best first.
 * @returns in the order of `ranked`.
 */
export function diversify<T extends Evidence>(ranked: readonly T[], topK: number): T[] {
  const { share, least } = settings.diversity;
  const most = Math.ceil(topK * share);
  const worthy = least * Math.max(0, ...ranked.map(({ score }) => score));
  const counts = new Map<string, number>();
  const first = ranked.filter(({ article, score }) => {
    const count = (counts.get(article.id) ?? 0) + 1;
    counts.set(article.id, count);
    return count <= most && score >= worthy;
  });
  const chosen = new Set(first.slice(0, topK));
  for (const item of ranked) if (chosen.size < topK) chosen.add(item);
  return ranked.filter((item) => chosen.has(item));
}
