/** The languages that Footnote reads, answers in and shows. */
export const languages = ['en', 'vi'] as const;

/** BCP 47 code of a supported language. */
export type Language = (typeof languages)[number];
