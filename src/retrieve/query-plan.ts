import type { Language } from '../domain/language.ts';
import { searchTerm, searchTerms } from '../domain/text/search-terms.ts';
import { words, type Word } from '../domain/text/words.ts';
import type { Glossary } from './glossary.ts';
import { isStopWord } from './stop-words.ts';
import { type QueryPlan, type TermGroup, weightedTerms } from './term-group.ts';

/** What {@link planQuery} needs to know. */
export interface QueryPlanOptions {
  readonly question: string;
  readonly questionLanguage: Language;
  readonly articleLanguage: Language;
  readonly glossary: Glossary;
  /** An earlier question that this one leans on; its words count half. */
  readonly context?: string;
  /** Languages that the embedding model understands. */
  readonly denseLanguages: readonly Language[];
}

/** Weight of a pair of Vietnamese syllables beside each of its syllables. */
const syllablePairWeight = 0.3;

/** Most translations of one word that are searched for. */
const maximumTranslations = 4;

/** Weight of a word that only the question before says. */
const contextWeight = 0.5;

/** Turns a question into what is searched for among articles of one language. */
export function planQuery(options: QueryPlanOptions): QueryPlan {
  const { questionLanguage, articleLanguage, denseLanguages, context, question } = options;
  const groups = groupsWithContext(options);
  const terms = weightedTerms(groups);
  const whole = { ...options, question: context === undefined ? question : `${context} ${question}` };
  if (!denseLanguages.includes(articleLanguage)) return { groups, terms };
  if (denseLanguages.includes(questionLanguage)) return { groups, terms, dense: whole.question };
  // A model that knows the articles' language alone is asked with a word-by-word gloss of the question.
  return questionLanguage === articleLanguage ? { groups, terms } : { groups, terms, dense: gloss(whole) };
}

function groupsWithContext(options: QueryPlanOptions): TermGroup[] {
  const groupsOf = options.questionLanguage === options.articleLanguage ? sameLanguage : acrossLanguages;
  const groups = groupsOf(options);
  if (options.context === undefined) return groups;
  const said = new Set(groups.map(({ source }) => source.toLowerCase()));
  const unsaid = groupsOf({ ...options, question: options.context })
    .filter(({ source }) => !said.has(source.toLowerCase()))
    // A follow-up may turn to another name or year, so those of the question before are not essential.
    .map((group) => ({ ...group, weight: group.weight * contextWeight, essential: false }));
  return [...groups, ...unsaid];
}

function sameLanguage({ question, questionLanguage }: QueryPlanOptions): TermGroup[] {
  const all = words(question);
  const topical = all.filter((word) => !isStopWord(word.text, questionLanguage));
  const kept = topical.length > 0 ? topical : all;
  if (questionLanguage === 'en') {
    return kept.map((word) => ({
      source: word.text,
      alternatives: [[searchTerm(word.text, 'en')]],
      essential: isEssential(word, all),
      weight: 1,
    }));
  }
  return [...kept.map((word) => syllableGroup(word, all)), ...syllablePairs(question, all, new Set(kept))];
}

function syllableGroup(word: Word, all: readonly Word[]): TermGroup {
  return {
    source: word.text,
    alternatives: [[searchTerm(word.text, 'vi')]],
    essential: isEssential(word, all),
    weight: 1,
  };
}

/** Neighbouring syllables of which at least one carries a topic: mostly one word. */
function syllablePairs(question: string, all: readonly Word[], topical: ReadonlySet<Word>): TermGroup[] {
  return all.slice(1).flatMap((word, index) => {
    const previous = all[index];
    if (!previous || question.slice(previous.end, word.start).trim() !== '') return [];
    if (!topical.has(previous) && !topical.has(word)) return [];
    const term = `${searchTerm(previous.text, 'vi')}_${searchTerm(word.text, 'vi')}`;
    const source = `${previous.text} ${word.text}`;
    return [{ source, alternatives: [[term]], essential: false, weight: syllablePairWeight }];
  });
}

function acrossLanguages(options: QueryPlanOptions): TermGroup[] {
  const all = words(options.question);
  return glossed(options).flatMap(({ source, run, translations }): TermGroup[] => {
    if (run.every((word) => isStopWord(word.text, options.questionLanguage))) return [];
    const untranslated = termsOf(source, options.articleLanguage);
    const alternatives = translations
      .slice(0, maximumTranslations)
      .map((translation) => termsOf(translation, options.articleLanguage))
      .filter((terms) => terms.length > 0);
    if (alternatives.length === 0) alternatives.push(untranslated);
    if (alternatives.every((terms) => terms.length === 0)) return [];
    const essential = run.some((word) => isEssential(word, all));
    return [{ source, alternatives, essential, weight: 1 }];
  });
}

/** The question cut into runs, each with its translations (none for names and numbers). */
function glossed({ question, glossary, questionLanguage }: QueryPlanOptions) {
  const all = words(question);
  const texts = all.map((word) => word.text);
  const direction = questionLanguage === 'vi' ? 'vi-en' : 'en-vi';
  const runs: { source: string; run: readonly Word[]; translations: readonly string[] }[] = [];
  for (let from = 0; from < all.length;) {
    const match = glossary.match(from, texts, direction);
    const run = all.slice(from, from + (match?.length ?? 1));
    runs.push({
      source: run.map((word) => word.text).join(' '),
      run,
      translations: match?.translations ?? [],
    });
    from += run.length;
  }
  return runs;
}

function gloss(options: QueryPlanOptions): string {
  return glossed(options)
    .map(({ source, translations }) => translations[0] ?? source)
    .join(' ');
}

function termsOf(text: string, language: Language): string[] {
  if (language === 'vi') {
    const terms = searchTerms(text, 'vi');
    const pairs = terms.filter((term) => term.includes('_'));
    return pairs.length > 0 ? pairs : terms;
  }
  return words(text)
    .filter((word) => !isStopWord(word.text, 'en'))
    .map((word) => searchTerm(word.text, 'en'));
}

const isNumber = (text: string): boolean => /^\d/u.test(text);

/** A number, or a capitalised word that does not merely begin the question. */
function isEssential(word: Word, all: readonly Word[]): boolean {
  return isNumber(word.text) || (word.start !== all[0]?.start && /^\p{Lu}/u.test(word.text));
}
