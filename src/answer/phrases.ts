import type { Language } from '../domain/language.ts';

/** The sentences that Footnote says itself. They state nothing about the world, so they carry no footnote. */
export const phrases = {
  abstained: {
    en: 'The articles do not answer this question.',
    vi: 'Các bài viết không trả lời câu hỏi này.',
  },
} satisfies Record<string, Record<Language, string>>;
