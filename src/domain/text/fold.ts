/** Longer texts take the long way; passages are shorter. */
const mostUnits = 8_192;

/** Not in the table, and folded to nothing. */
const unknown = 0xffff;
const dropped = 0xfffe;

const units = new Uint16Array(mostUnits);
const table = Uint16Array.from({ length: 0x2070 }, (_, code) => foldedUnit(code));

/**
 * Lower-cases `text` and removes its diacritics, including the stroke of `đ`, so that `Khoa học` and
 * `khoa hoc` become equal. The result may have another length than `text`.
 */
export function foldDiacritics(text: string): string {
  const { length } = text;
  if (length > mostUnits) return fold(text);
  let size = 0;
  for (let at = 0; at < length; at += 1) {
    const unit = table[text.charCodeAt(at)] ?? unknown;
    if (unit === unknown) return fold(text);
    if (unit !== dropped) {
      units[size] = unit;
      size += 1;
    }
  }
  return String.fromCharCode(...units.subarray(0, size));
}

function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('đ', 'd')
    .normalize('NFC');
}

/**
 * What a character folds to wherever it stands. That is so for Latin letters, for marks and for general punctuation, of
 * which nothing is left that could be composed with a neighbour; all else depends on what is around it.
 */
function foldedUnit(code: number): number {
  const isLatin = code < 0x250 || (code >= 0x1e00 && code < 0x1f00);
  const isMark = code >= 0x300 && code < 0x370;
  if (!isLatin && !isMark && code < 0x2000) return unknown;
  const folded = fold(String.fromCharCode(code));
  if (folded.length > 1) return unknown;
  return folded === '' ? dropped : folded.charCodeAt(0);
}
