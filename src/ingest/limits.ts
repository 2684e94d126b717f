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

/** Most tags of a web page. A real one has some thousands; the parsers take a second for ten thousand. */
export const maxHtmlTags = 200_000;

/** Longest web page in UTF-16 code units. */
export const maxHtmlLength = 5_000_000;

/**
 * Most brackets, emphasis marks and the like in one paragraph of Markdown. The parser's time grows with the square of
 * their number: this many take some 20 milliseconds, 60,000 take 20 seconds. With more, the file is read as plain text.
 */
export const maxMarkdownMarks = 2_000;

/** Deepest nesting of quotations and lists in Markdown; with more, the file is read as plain text. */
export const maxMarkdownDepth = 60;

/** Most pages of a PDF. */
export const maxPdfPages = 2_000;

/** Most pieces of text on one page of a PDF; a dense page of a newspaper has some thousands. */
export const maxPdfRuns = 50_000;

/** Longest text taken out of one file, in UTF-16 code units. */
export const maxExtractedLength = 20_000_000;

/** Most files in a DOCX or EPUB. */
export const maxZipEntries = 5_000;

/** Most bytes that a DOCX or EPUB may hold when unpacked. */
export const maxZipBytes = 100_000_000;

/** How many times larger than packed one of its files may be; text packs to a tenth, a bomb to a thousandth. */
export const maxZipRatio = 200;

/** Below this many bytes the ratio says nothing, because a few lines of the same pack as well as a bomb. */
export const zipRatioFrom = 1_000_000;

/** Longest XML file inside a DOCX or EPUB that is parsed, in UTF-16 code units. */
export const maxXmlLength = 30_000_000;

/** Most articles in one table or list of records. */
export const maxRows = 50_000;

/** Most failures of one file that are told one by one. */
export const maxListedFailures = 100;

/** Longest line of a JSONL file, or record of a CSV file, in UTF-16 code units. */
export const maxRecordLength = 5_000_000;

/** Longest text of one article in UTF-16 code units, about four long novels. */
export const maxArticleLength = 2_000_000;

/** Most passages of one article. */
export const maxArticlePassages = 5_000;
