import type { Language } from '../domain/language.ts';

/** The sentences that Footnote says itself. They state nothing about the world, so they carry no footnote. */
export const phrases = {
  abstained: {
    en: 'The articles do not answer this question.',
    vi: 'Các bài viết không trả lời câu hỏi này.',
  },
  notSaid: {
    en: 'The articles do not say:',
    vi: 'Các bài viết không cho biết:',
  },
  nearest: {
    en: 'Nearest in the articles',
    vi: 'Gần nhất trong các bài viết',
  },
} satisfies Record<string, Record<Language, string>>;

/** Characters of one part of a question that a reply repeats, at most. */
const longestPart = 160;

/** The sentence that names the parts of a question without an answer. */
export function notSaid(parts: readonly string[], language: Language): string {
  return `${phrases.notSaid[language]} ${parts.map(inOneLine).join('; ')}.`;
}

/** Words of a user inside a reply: on one line, bounded, and never to be taken for a footnote's marker. */
function inOneLine(part: string): string {
  const line = part
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .replaceAll('[', '(')
    .replaceAll(']', ')')
    .replace(/[\s?!.…,;:]+$/u, '')
    .trim();
  const characters = Array.from(line);
  return characters.length <= longestPart ? line : `${characters.slice(0, longestPart - 1).join('')}…`;
}
