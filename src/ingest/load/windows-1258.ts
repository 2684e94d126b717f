/** Fewest composed tone marks that make a text Vietnamese, and their least share of all letters beyond ASCII. */
const minimumMarks = 3;
const minimumShare = 0.2;

/**
 * `bytes` read as windows-1258, the Vietnamese code page, if they make sense as such; else `undefined`.
 *
 * chardet does not know this code page. It writes tones as combining marks after the vowel, so in real
 * Vietnamese every mark follows a vowel it can combine with; in other 8-bit text the same bytes are letters
 * that mostly stand elsewhere.
 */
export function decodeVietnamese1258(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder('windows-1258').decode(bytes).normalize('NFC');
  const composed = text.match(/[\u1ea0-\u1ef9ĩũáàãéèíìóòõúùý]/giu)?.length ?? 0;
  const loose = /\p{M}/u.test(text);
  const beyondAscii = text.match(/[^\p{ASCII}\p{P}\p{Z}]/gu)?.length ?? 0;
  const distinctive = text.match(/[đơưăĩũ\u1ea0-\u1ef9]/giu)?.length ?? 0;
  const fits = !loose && composed >= minimumMarks && distinctive >= beyondAscii * minimumShare;
  return fits ? text : undefined;
}
