/** Words of a shingle. */
const shingleLength = 4;

const prime = 0x01000193;

/**
 * Runs of four words of a text as 32-bit numbers (FNV-1a), case, diacritics and punctuation aside; a shorter text is
 * one run. One pass over the characters, because every passage of a pool goes through it for every question.
 */
export function shinglesOf(text: string): Set<number> {
  const hashes = wordHashes(text);
  const runs = Math.max(Math.min(1, hashes.length), hashes.length - shingleLength + 1);
  const shingles = new Set<number>();
  for (let start = 0; start < runs; start += 1) {
    let shingle = 0;
    for (let index = start; index < Math.min(start + shingleLength, hashes.length); index += 1) {
      shingle = Math.imul(shingle ^ (hashes[index] ?? 0), prime) ^ (shingle >>> 15);
    }
    shingles.add(shingle);
  }
  return shingles;
}

/** Words are runs of letters and digits. Text is scanned decomposed, its marks skipped, `đ` as `d`. */
function wordHashes(text: string): number[] {
  const decomposed = text.toLowerCase().normalize('NFD');
  const hashes: number[] = [];
  let hash = 0;
  for (let index = 0; index < decomposed.length; index += 1) {
    const code = decomposed.charCodeAt(index);
    if (isMark(code)) continue;
    if (isLetterOrDigit(code)) {
      hash = Math.imul((hash === 0 ? 0x811c9dc5 : hash) ^ (code === 0x111 ? 0x64 : code), prime);
    } else if (hash !== 0) {
      hashes.push(hash);
      hash = 0;
    }
  }
  if (hash !== 0) hashes.push(hash);
  return hashes;
}

const isMark = (code: number): boolean => code >= 0x300 && code <= 0x36f;

/** ASCII letters (in lower case) and digits, and what lies beyond Latin-1's signs except general punctuation. */
function isLetterOrDigit(code: number): boolean {
  if (code < 0xc0) return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
  return code < 0x2000 || code > 0x206f;
}
