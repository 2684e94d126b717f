// Invisible format characters: soft hyphen, zero-width, directional and invisible operators, byte order mark, the marks
// of interlinear notes, and tags.
const invisible =
  /[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

// A zero-width joiner has a meaning only between two pictographs (family and profession emoji).
const strayJoiner =
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d|\u200d(?!\p{Extended_Pictographic})/gu;

/**
 * Normalises raw text: Unicode NFC, `\n` line ends, no control or invisible characters, one plain space between
 * words, no space at the ends of lines. Lone surrogates become U+FFFD. Normalising twice equals once.
 */
export function normaliseText(text: string): string {
  return (
    text
      .replace(/\r\n?|[\u0085\u2028\u2029\v\f]/gu, '\n')
      .replaceAll('\t', ' ')
      .replace(/(?!\n)\p{Cc}/gu, '')
      .replace(/\p{Cs}/gu, '\ufffd')
      .replace(invisible, '')
      .replace(strayJoiner, '')
      .normalize('NFC')
      // Only what changes is matched: a long text has hundreds of thousands of single spaces.
      .replace(/[^\S\n]{2,}|[^\S\n ]/gu, ' ')
      .replace(/ \n ?|\n /gu, '\n')
      .trim()
  );
}

/** {@link normaliseText} for text that is to stand on one line. */
export function normaliseLine(text: string): string {
  return normaliseText(text.replace(/[\r\n\u0085\u2028\u2029\v\f]+/gu, ' '));
}
