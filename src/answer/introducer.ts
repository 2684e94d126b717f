import type { RankedCandidate } from './rank-candidates.ts';

const announcedCount =
  /(?<!\p{L})(?:two|three|four|five|six|seven|eight|nine|ten|several|these|following|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|sau đây|sau)(?!\p{L})/iu;
const asksForList =
  /^(?:list|name|give me|tell me)\b|\b(?:what|which) (?:\p{L}+ )?(?:are|were|(?:two|three|four|five|six|seven|eight|nine|ten|other)\b)|^(?:liệt kê|kể tên|nêu)|(?:gồm|bao gồm|là) (?:những )?(?:gì|ai|nào)|(?:những|các) .* nào/iu;

/**
 * The sentences that a list goes on with: those after one that ends in a colon, or, where a list is asked for,
 * after one that announces it (`listed three weaknesses.`), within its passage.
 *
 * @param pool - all candidates; those of the introducer's passage follow one another by position.
 */
export function continuation(
  introducer: RankedCandidate,
  pool: readonly RankedCandidate[],
  question: string,
): RankedCandidate[] {
  const opens = /:["'”’)]*$/u.test(introducer.text);
  const announces = asksForList.test(question) && announcedCount.test(introducer.text);
  if (!opens && !announces) return [];
  return pool
    .filter(
      ({ evidence, sentence }) =>
        evidence.passage.id === introducer.evidence.passage.id && sentence.start > introducer.sentence.start,
    )
    .toSorted((a, b) => a.sentence.start - b.sentence.start);
}
