/** Largest article file that is read, in bytes (10 MB). A news article has kilobytes; more is a mistake or an attack. */
export const maxFileBytes = 10_000_000;

/** Longest text of one sentence in UTF-16 code units; a longer one is cut at a clause. About 200 tokens. */
export const maxSentenceLength = 1_000;

/** Longest title in UTF-16 code units; a longer one is shortened at a word. */
export const maxTitleLength = 300;

/** Longest title that is made of the first sentence, in UTF-16 code units. */
export const maxMadeTitleLength = 100;

/** Longest article id. */
export const maxSlugLength = 120;

/** Longest line that is taken for a heading or a title, in UTF-16 code units. */
export const maxHeadingLength = 160;

/**
 * Longest Markdown file in UTF-16 code units, about 50,000 words. The parser's time grows with the square of the
 * number of list items: this much takes seconds, ten times as much would take minutes.
 */
export const maxMarkdownLength = 300_000;

/** Deepest nesting of elements in a web page. Real pages have some thirty; the readers of them are recursive. */
export const maxHtmlDepth = 256;
