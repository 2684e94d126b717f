import { foldDiacritics } from '../../domain/text/fold.ts';
import { vietnamesePatterns } from '../../domain/text/vietnamese-patterns.ts';
import type { Asking, Doubt, Reading } from './reading.ts';

const count = 'two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\d{1,2}';
const english = new RegExp(
  String.raw`\b(?:which|what) (?:other )?(?:${count}) \p{L}{3,}|\b(?:what are|what were|give|list|name) the names\b|\b(?:what are|what were) the (?:other )?(?:${count}) \p{L}{3,}`,
  'u',
);
const vietnamese = vietnamesePatterns([
  [String.raw`gồm (?:có )?những \p{L}[\p{L} ]* nào`, true],
  [String.raw`(?<!\d)(?:\d{1,2}|hai|ba|bốn|sáu|bảy|tám|chín|mười) (?:\p{L}+ ){1,4}nào`, true],
]);
const separator = /[,;:|\n]|\s(?:and|or|và|hoặc|cùng)\s/u;
/** Words of an item of a list, at most, with what leads to it. */
const longestItem = 14;

/** `named three obstacles`, `Four points were open`: not `came from four countries`. */
const announcement = new RegExp(
  String.raw`^(?:the )?(?:${count}) \p{L}|(?<!\p{L})(?:named|names|listed|lists|gave|gives|set out|sets out|mentioned|cited|identified|presented|has|have|had|are|were|nêu|có|gồm|liệt kê|chỉ ra|đưa ra) (?:\p{L}+ ){0,2}(?:${count}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) \p{L}`,
  'iu',
);

/** Whether its passage says more after the sentence. */
const goesOn = ({ sentence, passage = '' }: Reading): boolean =>
  passage.slice(passage.indexOf(sentence) + sentence.length).trim() !== '';

/** Whether the question asks for several things at once. */
export function asksForSeveral({
  question,
  questionLanguage,
}: Pick<Asking, 'question' | 'questionLanguage'>): boolean {
  const text = question.toLowerCase().normalize('NFC');
  if (questionLanguage === 'en') return english.test(text);
  return vietnamese(text).some(([pattern]) => text.search(pattern) >= 0);
}

/** Whether the question asks for several things, and the sentence could not list them. */
export function lacksFellows(asking: Asking): Doubt | undefined {
  if (!asksForSeveral(asking)) return undefined;
  const known = new Set(asking.asked.map(({ folded }) => folded));
  return (reading) => {
    const { sentence } = reading;
    // What it announces follows.
    if (/:\s*$/u.test(sentence) || (announcement.test(sentence) && goesOn(reading))) return false;
    const items = sentence.split(separator).filter((part) => {
      const words = part.match(/[\p{L}\p{M}'’-]{2,}/gu) ?? [];
      return (
        words.length <= longestItem &&
        !/\d/u.test(part) &&
        words.some((word) => !known.has(foldDiacritics(word)))
      );
    });
    return items.length <= 1;
  };
}
