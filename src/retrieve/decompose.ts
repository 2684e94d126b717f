import type { Language } from '../domain/language.ts';

/** Most parts that one question is cut into. */
const maximumParts = 3;

const questionWords: Record<Language, string> = {
  en: 'who|whom|whose|what|when|where|which|why|how',
  vi: 'ai|gì|khi nào|ở đâu|bao nhiêu|vì sao|tại sao|thế nào|nào',
};

const asksFor = (language: Language): RegExp =>
  new RegExp(`(?<!\\p{L})(?:${questionWords[language]})(?!\\p{L})`, 'iu');
const asks: Record<Language, RegExp> = { en: asksFor('en'), vi: asksFor('vi') };

/** Longer texts are no questions with parts; it also bounds the patterns below. */
const longestQuestion = 400;

/** `, and what …`, `; how …`: a second question begins. White space has been collapsed. */
const englishClause = new RegExp(
  `[,;?] (?:and )?(?=(?:${questionWords.en}) )| and (?=(?:${questionWords.en}) )`,
  'iu',
);
/** Vietnamese question words stand late, so only a comma or a full stop with one on either side cuts. */
const vietnameseClause = /[,;?] (?:và |còn )?/iu;

// A run of capitalised words with what ties it together (`Ho Chi Minh City`, `Resolution 57`).
const name = String.raw`\p{Lu}[\p{L}\p{M}\p{N}’'-]*(?:\s+(?:\p{Lu}[\p{L}\p{M}’'-]*|\d+))*`;
const namePair = new RegExp(
  `(${name})\\s+(?:and|or|with|than|versus|vs\\.?|và|hay|hoặc|với|so với)\\s+(${name})`,
  'u',
);

/**
 * The parts of a question that asks for several things, or about several names; the question alone when it
 * asks for one. `Compare A and B` becomes one question about A and one about B, so that the better covered of
 * them does not crowd out the other.
 */
export function decompose(asked: string, language: Language): readonly string[] {
  if (asked.length > longestQuestion) return [asked];
  const question = asked.replace(/\s+/gu, ' ').trim();
  const clauses = splitClauses(question, language);
  if (clauses.length > 1) return clauses.slice(0, maximumParts);
  const pair = namePair.exec(question);
  const [whole, first, second] = pair ?? [];
  if (!pair || !whole || !first || !second) return [asked];
  // A verb that opens the question is capitalised like a name: `Compare Ninh Binh and Hai Phong`.
  const verb = pair.index === 0 ? (/^(?:Compare|So sánh) /u.exec(first)?.[0] ?? '') : '';
  if (pair.index === 0 && verb === '') return [asked];
  const before = question.slice(0, pair.index) + verb;
  const after = question.slice(pair.index + whole.length);
  return [first.slice(verb.length), second].map((one) => `${before}${one}${after}`);
}

function splitClauses(question: string, language: Language): string[] {
  const pattern = language === 'en' ? englishClause : vietnameseClause;
  const parts = question.split(pattern).map((part) => part.trim());
  const isWhole = parts.every((part) => asks[language].test(part) && part.split(/\s+/u).length > 2);
  return isWhole ? parts : [question];
}
