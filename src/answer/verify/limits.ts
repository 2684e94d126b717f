/** Text beyond this many UTF-16 code units of a sentence or of a quotation is not read. */
export const maxTextLength = 2_000;

/** Quotations beyond this many of one sentence are not read. */
export const maxQuotes = 12;
