/** Text beyond this many UTF-16 code units of a sentence or of a quotation is not read. */
export const maxTextLength = 2_000;

/** Quotations beyond this many of one sentence are not read. */
export const maxQuotes = 12;

/** Numbers, dates, negations and clauses of one text beyond these are not read. */
export const maxFigures = 30;
export const maxNegations = 12;
export const maxClauses = 24;

/** Words of names of one sentence beyond these are not looked for. */
export const maxNameWords = 80;
