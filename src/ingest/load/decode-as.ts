// What the bytes 0x80–0x9f mean in windows-1252; a space stands for the five that mean nothing.
const windows1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/**
 * `bytes` in the encoding that `label` names.
 *
 * Some versions of Node decode windows-1252 as ISO 8859-1 and so make control characters of quotation marks and dashes
 * (nodejs/node issue 56542); those characters stand for nothing else there.
 *
 * @param options.fatal - false where bytes that do not fit are to become U+FFFD.
 * @throws RangeError when there is no such encoding, TypeError for bytes that do not fit it.
 */
export function decodeAs(bytes: Uint8Array, label: string, { fatal = true } = {}): string {
  const decoder = new TextDecoder(label.trim(), { fatal });
  const text = decoder.decode(bytes);
  if (decoder.encoding !== 'windows-1252') return text;
  return text.replace(/[\u0080-\u009f]/gu, (character) => {
    const meant = windows1252.charAt(character.charCodeAt(0) - 0x80);
    return meant === ' ' ? character : meant;
  });
}
