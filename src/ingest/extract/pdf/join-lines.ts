// First parts of compounds that keep their hyphen: `self-`, `well-`, `long-`.
const compounding = new Set(
  'self well ill all ex high low long short full half part time two three four one cross so built state co user data e'.split(
    ' ',
  ),
);

/**
 * Joins the lines of a paragraph. A word that was divided at the end of a line becomes whole again; a hyphen that
 * belongs to the word stays.
 *
 * @param isWord - whether this compound stands elsewhere in the document with its hyphen.
 */
export function joinLines(lines: readonly string[], isWord: (compound: string) => boolean): string {
  return lines.reduce((text, line) => (text === '' ? line : joinLine(text, line, isWord)), '');
}

function joinLine(text: string, line: string, isWord: (compound: string) => boolean): string {
  if (text.endsWith('\u00ad')) return text.slice(0, -1) + line;
  const first = /[\p{L}\p{M}\p{N}]+[-\u2010]$/u.exec(text)?.[0].slice(0, -1);
  const second = /^[\p{L}\p{M}\p{N}]+/u.exec(line)?.[0];
  if (first === undefined || second === undefined) return `${text} ${line}`;
  const divided =
    /^\p{Ll}/u.test(second) &&
    /\p{Ll}\p{M}*$/u.test(first) &&
    !compounding.has(first.toLowerCase()) &&
    !isWord(`${first}-${second}`.toLowerCase());
  return (divided ? text.slice(0, -1) : text) + line;
}

/** The compounds with hyphens that stand inside of lines, in lower case. */
export function compoundsOf(lines: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const line of lines) {
    for (const [compound] of line.matchAll(/[\p{L}\p{M}\p{N}]+[-\u2010][\p{L}\p{M}\p{N}]+/gu)) {
      found.add(compound.replace('\u2010', '-').toLowerCase());
    }
  }
  return found;
}
