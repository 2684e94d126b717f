/** Every character that ends a line somewhere: Unicode's list (UAX 14, mandatory breaks). */
const lineEnd = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/u;

/**
 * `text` as a Markdown quotation. Every line begins with `> `, so no text, whatever it says, can end the quotation and
 * pass for words of this server.
 */
export function quoteBlock(text: string): string {
  return text
    .split(lineEnd)
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}

/** Characters of a title or a name inside a line. */
const inlineLength = 300;

/** `text` in quotation marks, in one line and not long; quotation marks inside are made plain. */
export function quoteInline(text: string): string {
  const line = text
    .replaceAll(/[\p{White_Space}\p{Cc}]+/gu, ' ')
    .trim()
    .replaceAll(/[“”]/gu, '"');
  return `“${line.length > inlineLength ? `${line.slice(0, inlineLength).toWellFormed()}…` : line}”`;
}
