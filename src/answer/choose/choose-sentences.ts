import type { Language } from '../../domain/language.ts';
import { searchTerms } from '../../domain/text/search-terms.ts';
import { words } from '../../domain/text/words.ts';
import { isStopWord } from '../../retrieve/stop-words.ts';
import { answerSettings as settings } from '../answer-settings.ts';
import { isBelieved, type RankedCandidate } from '../rank-candidates.ts';
import { asksForList, fellowItems, listItems } from './list-items.ts';
import { followersOf, opensList } from './run-of-sentences.ts';

/** What sentences are chosen for. */
export interface Choice {
  /** Best first. */
  readonly candidates: readonly RankedCandidate[];
  readonly question: string;
  readonly questionLanguage: Language;
  /** Most sentences, where no list is answered. */
  readonly most: number;
}

/**
 * The sentences that answer: the best one first, then those that may answer as well without saying the same
 * again; a list whole; none where even the best is not believed.
 */
export function chooseSentences({ candidates, question, questionLanguage, most }: Choice): RankedCandidate[] {
  const isListAsked = asksForList(question, questionLanguage);
  // What only opens a list repeats the question, and is wanted.
  const best = isListAsked ? candidates[0] : leaderOf(candidates, question, questionLanguage);
  if (!best || !isBelieved(candidates)) return [];
  const least = best.odds * settings.companionOdds;
  const list = isListAsked
    ? wholeList(candidates.filter(({ odds }) => odds >= least).slice(0, most), candidates)
    : [best, ...listItems(best, candidates, false)];
  if (list.length > 1) return list.slice(0, settings.maximumItems);

  const chosen = [best];
  const limit = isListAsked ? settings.maximumItems / 2 : most;
  if (isListAsked || saysNothingNew(best, question, questionLanguage)) {
    chosen.push(...nextInParagraph(best, candidates, isListAsked ? afterListItem : afterEcho));
  }
  for (const candidate of candidates) {
    if (chosen.length >= limit || candidate.odds < least) break;
    if (!isReadable(candidate, chosen)) continue;
    if (!chosen.some((other) => saysTheSame(other, candidate))) chosen.push(candidate);
  }
  return chosen;
}

/** The best sentence; where it only repeats the question, one nearly as likely that says something. */
function leaderOf(
  candidates: readonly RankedCandidate[],
  question: string,
  questionLanguage: Language,
): RankedCandidate | undefined {
  const [best] = candidates;
  if (!best || opensList.test(best.text) || !saysNothingNew(best, question, questionLanguage)) return best;
  const telling = candidates.find(
    (one) =>
      one.odds >= best.odds * settings.tellingOdds &&
      one.evidence.article.id === best.evidence.article.id &&
      one.features.kind >= best.features.kind &&
      !saysNothingNew(one, question, questionLanguage),
  );
  return telling ?? best;
}

/** One language reads better than two: of the other one, a single likely sentence may stand beside the best. */
function isReadable(candidate: RankedCandidate, chosen: readonly RankedCandidate[]): boolean {
  const languageOf = ({ evidence }: RankedCandidate) => evidence.article.language;
  const [best] = chosen;
  return (
    best === undefined ||
    languageOf(candidate) === languageOf(best) ||
    (candidate.odds >= best.odds * settings.foreignCompanionOdds &&
      chosen.every((one) => languageOf(one) === languageOf(best)))
  );
}

/** The list that one of `likely` opens or belongs to; empty where there is none. */
function wholeList(likely: readonly RankedCandidate[], pool: readonly RankedCandidate[]): RankedCandidate[] {
  for (const one of likely) {
    const items = listItems(one, pool, true);
    if (items.length > 0) return [one, ...items];
    const fellows = fellowItems(one, pool);
    if (fellows.length > 1) return fellows;
  }
  return [];
}

/** New words, at most, of a sentence that only repeats the question: `Nguyen Huy Dung named five results.` */
const fewNewWords = 4;
/** Sentences that follow such a one into the reply, at most … */
const afterEcho = 2;
/** … and that follow one of several things in running text. */
const afterListItem = 4;

/** Whether a sentence repeats the question, and what is asked for is likely said after it. */
function saysNothingNew(
  { text, evidence, features }: RankedCandidate,
  question: string,
  questionLanguage: Language,
): boolean {
  const { language } = evidence.article;
  if (features.kind === 1 || language !== questionLanguage) return false;
  const asked = new Set(searchTerms(question, language));
  const added = words(text).filter(
    (word) =>
      !isStopWord(word.text, language) && searchTerms(word.text, language).every((term) => !asked.has(term)),
  );
  return added.length <= fewNewWords;
}

function nextInParagraph(
  best: RankedCandidate,
  pool: readonly RankedCandidate[],
  most: number,
): RankedCandidate[] {
  const run = followersOf(best, pool);
  const end = run.findIndex(({ after }) => after !== 'none');
  return (end < 0 ? run : run.slice(0, end)).slice(0, most).map(({ candidate }) => candidate);
}

/** Word overlap (Jaccard) above which two sentences are the same statement, as in a copied wire story. */
const sameStatement = 0.7;

function saysTheSame(a: RankedCandidate, b: RankedCandidate): boolean {
  const [wordsOfA, wordsOfB] = [wordSet(a.text), wordSet(b.text)];
  const shared = Array.from(wordsOfA).filter((word) => wordsOfB.has(word)).length;
  return shared / (wordsOfA.size + wordsOfB.size - shared) > sameStatement;
}

const wordSet = (text: string): Set<string> => new Set(words(text).map((word) => word.text.toLowerCase()));
