import { createHash } from 'node:crypto';
import { extname } from 'node:path';

/** Longest name of a file that is kept, in bytes of UTF-8; leaves room for the endings that are put behind it. */
export const maxNameBytes = 120;

/** Names of devices on Windows, whatever stands behind their first dot. */
const reservedOnWindows = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)/iu;

/** What some file system refuses, and what would be hidden or read backwards. */
const unwanted = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;
const refusedOnWindows = /[<>:"|?*]+/gu;

/**
 * A name under which a file of this name can be kept on any system: one component of a path, not hidden, in NFC. Letters of
 * all languages stay. A name that has to be shortened ends in a checksum, so that two long names stay apart.
 */
export function safeFileName(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/u).at(-1) ?? '';
  const clean = last
    .replaceAll(unwanted, '')
    .replaceAll(refusedOnWindows, '-')
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/^[. ]+|[. ]+$/gu, '');
  const visible = clean === '' || clean === '-' ? 'article' : clean;
  const shown = reservedOnWindows.test(visible) ? `_${visible}` : visible;
  return Buffer.byteLength(shown) <= maxNameBytes ? shown : shortened(shown);
}

/** The names, each unlike those before it also where letter case does not count: `a.md`, `A-2.md`. */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const extension = extname(name);
    const stem = name.slice(0, name.length - extension.length);
    let distinct = name;
    for (let number = 2; taken.has(nameKey(distinct)); number += 1) {
      distinct = safeFileName(`${stem}-${number}${extension}`);
    }
    taken.add(nameKey(distinct));
    return distinct;
  });
}

/** Equal for names that some file system takes for the same. */
export function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase().toUpperCase();
}

function shortened(name: string): string {
  const extension = extname(name);
  const kept = Buffer.byteLength(extension) <= 20 ? extension : '';
  const ending = `-${createHash('sha256').update(name).digest('hex').slice(0, 12)}${kept}`;
  let stem = '';
  for (const { segment } of new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(name)) {
    if (Buffer.byteLength(stem + segment + ending) > maxNameBytes) break;
    stem += segment;
  }
  return `${stem.trimEnd()}${ending}`;
}
