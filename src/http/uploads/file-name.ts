/** Longest name in bytes of UTF-8, below the 255 of common file systems so that endings can be added. */
const maxBytes = 180;

/**
 * The name of a sent file as it can stand in a folder and be shown: the last component, without control characters and
 * without those that turn the direction of writing around (`gpj.exe` would read `exe.jpg`), not hidden, and never that of a
 * file in which something is said of another. Empty where nothing of it can stay.
 */
export function safeFileName(sent: string): string {
  const name = sent
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Surrogate}\u2028\u2029]/gu, '')
    .split(/[/\\]/u)
    .at(-1);
  const plain = (name ?? '')
    // Not allowed on every file system.
    .replace(/[<>:"|?*]/gu, '-')
    .replace(/\s+/gu, ' ')
    .replace(/^[.\s]+|[.\s]+$/gu, '')
    .replace(/\.meta\.json$/iu, '-meta.json');
  const ending = /\.[a-z0-9]{1,10}$/iu.exec(plain)?.[0] ?? '';
  return shortened(plain.slice(0, plain.length - ending.length), maxBytes - ending.length) + ending;
}

/** `names`, each different from all before it in every writing that a file system may hold for equal. */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name, index) => {
    const [, stem = '', ending = ''] =
      /^(.*?)(\.[^.]*)?$/su.exec(name === '' ? `file-${index + 1}` : name) ?? [];
    let distinct = stem + ending;
    for (let n = 2; taken.has(folded(distinct)); n += 1) distinct = `${stem}-${n}${ending}`;
    taken.add(folded(distinct));
    return distinct;
  });
}

function folded(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

function shortened(text: string, bytes: number): string {
  let result = text;
  // By code points: half a character is none.
  while (Buffer.byteLength(result) > bytes) result = Array.from(result).slice(0, -1).join('');
  return result;
}
