import { maxSentenceLength } from '../limits.ts';

/** Shortest piece that a long sentence is cut into, where there is a choice. */
const minPieceLength = 150;

/**
 * Cuts `text[start..end]` where it is longer than {@link maxSentenceLength}: into pieces as equal as its
 * semicolons allow, else its commas, else its spaces. Returns the positions of the cuts.
 */
export function longSentenceCuts(text: string, start: number, end: number): number[] {
  const cuts: number[] = [];
  let from = start;
  while (end - from > maxSentenceLength) {
    const pieces = Math.ceil((end - from) / maxSentenceLength);
    const cut = bestCut(text, from, (end - from) / pieces);
    if (cut >= end) break;
    cuts.push(cut);
    from = cut;
  }
  return cuts;
}

function bestCut(text: string, from: number, ideal: number): number {
  const piece = text.slice(from, from + maxSentenceLength);
  for (const separator of [/;\s+/gu, /,\s+/gu, /\s+/gu]) {
    const ends = Array.from(piece.matchAll(separator), (match) => match.index + match[0].length).filter(
      (position) => position >= minPieceLength && position < piece.length,
    );
    const [first, ...others] = ends;
    if (first !== undefined) {
      return (
        from +
        others.reduce((best, next) => (Math.abs(next - ideal) < Math.abs(best - ideal) ? next : best), first)
      );
    }
  }
  return safeCut(text, from, from + maxSentenceLength);
}

/**
 * The last position in `(from, limit]` that divides neither a surrogate pair nor a character from what
 * combines with it; where there is none, the first one after `limit`.
 */
export function safeCut(text: string, from: number, limit: number): number {
  for (let position = limit; position > from; position -= 1) {
    if (isSafe(text, position)) return position;
  }
  let position = limit;
  while (position < text.length && !isSafe(text, position)) position += 1;
  return position;
}

function isSafe(text: string, position: number): boolean {
  if (position >= text.length) return true;
  const before = text.charCodeAt(position - 1);
  const after = text.charCodeAt(position);
  if (before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff) return false;
  const next = String.fromCodePoint(text.codePointAt(position) ?? 0);
  return before !== 0x200d && !/^[\p{M}\p{Emoji_Modifier}\u200d]/u.test(next);
}
