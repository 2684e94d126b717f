import type { Language } from '../../domain/language.ts';
import { vietnamesePatterns } from '../../domain/text/vietnamese-patterns.ts';
import type { RankedCandidate } from '../rank-candidates.ts';
import { type Follower, followersOf, opensList } from './run-of-sentences.ts';

/** Words that say how many things follow. */
const counts = (
  [
    ['two|both|hai', 2],
    ['three|ba', 3],
    ['four|bốn', 4],
    ['five|năm(?= (?!nay|ngoái|qua|trước|sau)\\p{L})', 5],
    ['six|sáu', 6],
    ['seven|bảy', 7],
    ['eight|tám', 8],
    ['nine|chín', 9],
    ['ten|mười', 10],
    ['these|following|several|sau đây|như sau', 4],
  ] as const
).map(([words, count]) => [new RegExp(`(?<!\\p{L})(?:${words})(?!\\p{L})`, 'iu'), count] as const);

const englishList =
  /^(?:list|name|enumerate|give me|tell me)\b|\b(?:what|which) (?:\p{L}+ ){0,2}(?:are|were|(?:two|three|four|five|six|seven|eight|nine|ten|other)\b)|\b(?:what|which) (?!(?:does|company|ministry|city|country|province|district|town|agency|department|university|person|bank|law|decree|decision|resolution)\b)(?:\p{L}+ ){0,2}\p{L}{2,}[^sui\W]s\b|^(?:main|key) |\ball (?:the|of)\b/iu;
const vietnameseList = vietnamesePatterns([
  ['^(?:hãy )?(?:liệt kê|kể tên|nêu)', true],
  ['(?:gồm|bao gồm|là) (?:những )?(?:gì|ai|nào)', true],
  ['(?:những|các) .*(?:nào|gì)', true],
  [
    '(?:hai|ba|bốn|năm(?! (?:nay|ngoái|qua|trước|sau|học|tài chính))|sáu|bảy|tám|chín|mười) \\p{L}.* (?:nào|gì)',
    true,
  ],
]);

/** Whether several things are asked for: `which areas`, `list the …`, `những hạn chế nào`. */
export function asksForList(question: string, language: Language): boolean {
  const text = question.toLowerCase().normalize('NFC').trim();
  return language === 'en'
    ? englishList.test(text)
    : vietnameseList(text).some(([pattern]) => text.search(pattern) >= 0);
}

const ordinal =
  /(?<!\p{L})(?:first|second|third|fourth|fifth|sixth|last|final|finally|thứ (?:nhất|hai|ba|tư|năm|sáu)|cuối cùng)(?!\p{L})/iu;

/**
 * The sentences that a list goes on with after `best`, where it opens one: after a colon the whole list, and
 * where a list is asked for, after a sentence that announces some things (`named five results.`) as many.
 */
export function listItems(
  best: RankedCandidate,
  pool: readonly RankedCandidate[],
  isListAsked: boolean,
): RankedCandidate[] {
  const following = followersOf(best, pool);
  if (opensList.test(best.text)) return blockFrom(following).map(({ candidate }) => candidate);
  if (!isListAsked) return [];
  const announced = counts.find(([words]) => words.test(best.text))?.[1];
  if (announced === undefined) return [];
  const paragraphEnd = following.findIndex(({ after }) => after !== 'none');
  const paragraph = paragraphEnd < announced ? following : following.slice(0, paragraphEnd);
  const run = paragraph.map(({ candidate }) => candidate);
  const numbered = run.filter(({ text }) => ordinal.test(text));
  return (numbered.length === announced ? numbered : run).slice(0, announced);
}

/** The fellow items of `best` in its list, and what opens that list; by position. Empty where it is no item. */
export function fellowItems(best: RankedCandidate, pool: readonly RankedCandidate[]): RankedCandidate[] {
  const fellows = pool.filter(({ evidence }) => evidence.passage.id === best.evidence.passage.id);
  if (ordinal.test(best.text)) return enumerated(inOrder(fellows));
  const openers = fellows.filter(({ text, sentence }) => {
    return opensList.test(text) && sentence.start < best.sentence.start;
  });
  for (const opener of openers) {
    const items = blockFrom(followersOf(opener, pool)).map(({ candidate }) => candidate);
    if (items.includes(best)) return [opener, ...items];
  }
  return [];
}

/** The sentences that say which of the things they tell of, and the one before them: the first goes without saying. */
function enumerated(fellows: readonly RankedCandidate[]): RankedCandidate[] {
  const first = fellows.findIndex(({ text }) => ordinal.test(text));
  return fellows.filter(({ text }, index) => index === first - 1 || ordinal.test(text));
}

/** The first block of a run: up to the next empty line, the one right at its start left aside. */
function blockFrom(run: readonly Follower[]): readonly Follower[] {
  const end = run.findIndex(({ after }, index) => index > 0 && after === 'block');
  return end < 0 ? run : run.slice(0, end);
}

const inOrder = (items: readonly RankedCandidate[]): RankedCandidate[] =>
  items.toSorted((a, b) => a.sentence.start - b.sentence.start);
