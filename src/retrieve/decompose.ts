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

const leadIns: Record<Language, RegExp> = {
  en: new RegExp(
    `(?<!\\p{L})(?:(?:tell|show|inform) (?:me|us)|(?:like|want|need|wish|love) to (?:know|learn|find out)|do you know|wonder(?:ing)?|my question is)[,:]? (?=(?:(?:from|in|on|at|by|for|to|with|of) )?(?:${questionWords.en}) )`,
    'giu',
  ),
  vi: /(?<!\p{L})(?:cho (?:(?:tôi|mình|em) )?(?:hỏi|biết)|(?:muốn|cần) (?:hỏi|biết)|xin hỏi)(?: là| rằng)?[,:]? (?=\S)/giu,
};

/** The question itself, without what people say before they ask: `Can you tell me …`, `I would like to know …`. */
function withoutLeadIn(text: string, language: Language): string {
  const last = Array.from(text.matchAll(leadIns[language])).at(-1);
  const rest = last ? text.slice(last.index + last[0].length).trim() : '';
  return rest.split(/\s+/u).length > 2 && asks[language].test(rest) ? rest : text;
}

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
export function decompose(typed: string, language: Language): readonly string[] {
  const asked = withoutLeadIn(typed, language);
  if (asked.length > longestQuestion) return [asked];
  const question = asked.replace(/\s+/gu, ' ').trim();
  const clauses = splitClauses(question, language);
  if (clauses.length > 1) return clauses.slice(0, maximumParts);
  const pair = namedPair(question);
  if (pair.length > 1) return pair;
  const compared = comparedThings(question);
  return compared.length > 1 ? compared : [asked];
}

/** One question about each of two names. */
function namedPair(question: string): string[] {
  const pair = namePair.exec(question);
  const [whole, first, second] = pair ?? [];
  if (!pair || !whole || !first || !second) return [];
  // A verb that opens the question is capitalised like a name: `Compare Ninh Binh and Hai Phong`.
  const verb = pair.index === 0 ? (/^(?:Compare|So sánh) /u.exec(first)?.[0] ?? '') : '';
  if (pair.index === 0 && verb === '') return [];
  // One title or ministry may hold both: `War and Peace`, `the Minister of Science and Technology`.
  const isOne = /\p{Lu}\p{L}* (?:of|for|on) (?:the )?$/u.test(question.slice(0, pair.index));
  const areWords = [first.slice(verb.length), second].every((one) => /^\p{L}+$/u.test(one));
  if (isOne || (areWords && !comparing.test(question))) return [];
  const before = question.slice(0, pair.index) + verb;
  const after = question.slice(pair.index + whole.length);
  return [first.slice(verb.length), second].map((one) => `${before}${one}${after}`);
}

/** Words by which a question says that it is about two things. */
const comparing =
  /(?<!\p{L})(?:compared?|comparison|differ|differs|differences?|between|both|each|than|versus|vs|or|respectively|so sánh|so với|khác|giữa|cả|mỗi|từng|hay|hoặc)(?!\p{L})/iu;

/** Words of one of two compared things, at most: it keeps the patterns below from reaching over the sentence. */
const thing = String.raw`((?:\S+ ){0,11}?\S+)`;
/** What is compared, and what is said of both; each with the wording of the two questions it becomes. */
const comparisons: readonly (readonly [RegExp, readonly [string, string]])[] = [
  [`^compare ${thing} (?:with|to|and|against|versus|vs\\.?) ${thing}$`, '$1', '$2'],
  [`^(.*?)(?:the )?\\bdifferences? between ${thing} and ${thing}$`, '$1 $2', '$1 $3'],
  [
    `^(.*?),? both (for|in|of|to|by|at) ${thing} and (?:for|in|of|to|by|at) ${thing}$`,
    '$1 $2 $3',
    '$1 $2 $4',
  ],
  [`^(.*?)\\b(?:more|fewer|less) ${thing} or (?:more |fewer |less )?${thing}$`, '$1 $2', '$1 $3'],
  [
    `^(.*) (in|of|for|during) (\\d{4}) (?:and|or|than) (?:in |of |for )?(\\d{4})(.*)$`,
    '$1 $2 $3$5',
    '$1 $2 $4$5',
  ],
  [`^(?:which|who|what) (.+?)[,:] ${thing},? or ${thing}$`, '$1 $2', '$1 $3'],
  [`^so sánh ${thing} (?:với|và) ${thing}$`, '$1', '$2'],
  [`^(.*)khác (?:nhau|biệt) giữa ${thing} (?:và|với) ${thing}$`, '$1 $2', '$1 $3'],
  [`^(.*) năm (\\d{4}) (?:và|hay|so với) (?:năm )?(\\d{4})(.*)$`, '$1 năm $2$4', '$1 năm $3$4'],
].map(([pattern = '', first = '', second = '']) => [new RegExp(pattern, 'iu'), [first, second]]);

/** The two questions that a comparison of things without names asks. */
function comparedThings(question: string): string[] {
  const bare = question.replace(/[?.!\s]+$/u, '');
  for (const [pattern, wordings] of comparisons) {
    if (pattern.test(bare))
      return wordings.map((wording) => bare.replace(pattern, wording).replace(/\s+/gu, ' ').trim());
  }
  return [];
}

function splitClauses(question: string, language: Language): string[] {
  const pattern = language === 'en' ? englishClause : vietnameseClause;
  const parts = question.split(pattern).map((part) => part.trim());
  const isWhole = parts.every((part) => asks[language].test(part) && part.split(/\s+/u).length > 2);
  return isWhole ? parts : [question];
}
