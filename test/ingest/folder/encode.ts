import { decodeAs } from '../../../src/ingest/load/decode-as.ts';

/** Tone marks that windows-1258 writes behind their vowel. */
const tone = /[\u0300\u0301\u0303\u0309\u0323]/gu;

/**
 * `text` in a code page of one byte a character; vowels with tones as windows-1258 has them, letter and mark.
 *
 * @throws RangeError when it has no byte for a character.
 */
export function encodeAs(encoding: 'windows-1252' | 'windows-1258', text: string): Uint8Array {
  const bytes = new Map(
    Array.from({ length: 256 }, (_, byte) => [decodeAs(Uint8Array.of(byte), encoding), byte] as const),
  );
  const byteOf = (character: string): number => {
    const byte = bytes.get(character);
    if (byte === undefined) throw new RangeError(`${encoding} has no ${character}.`);
    return byte;
  };
  return Uint8Array.from(
    Array.from(text.normalize('NFC')).flatMap((character) => {
      if (bytes.has(character)) return [byteOf(character)];
      const parts = character.normalize('NFD');
      const letter = parts.replace(tone, '').normalize('NFC');
      return [byteOf(letter), ...Array.from(parts.match(tone) ?? [], byteOf)];
    }),
  );
}

/** As Windows' Notepad saves "Unicode". */
export function encodeUtf16(text: string): Uint8Array {
  return Buffer.from(`\uFEFF${text}`, 'utf16le');
}
