import { frameOf, sentenceText, type Evidence } from '../domain/evidence.ts';
import { foldDiacritics } from '../domain/text/fold.ts';
import { normaliseNumber } from '../domain/text/numbers.ts';
import { words } from '../domain/text/words.ts';
import { isStopWord } from './stop-words.ts';

/** Share of a sentence's words that its counterpart in a copy must hold. */
const counterpart = 0.6;

/** Share of the topical words of a passage's frame that its copy must hold in frame or text. */
const sameTopic = 0.5;

/**
 * Words that count, rank, date or deny, folded, in both languages. One too many costs a fold, one too few could hide
 * an updated figure; so `may`, `mot` (a, one) and `nam` (five, year) belong here too.
 */
const figureWords: ReadonlySet<string> = new Set(
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
  eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion
  dozen half quarter third double triple twice percent first second fourth fifth sixth seventh eighth ninth tenth
  dozens hundreds thousands millions billions january february march april may june july august september october
  november december jan feb mar apr jun jul aug sept sep oct nov dec monday tuesday wednesday thursday friday
  saturday sunday today yesterday tomorrow no not never nor without cannot
  khong mot hai ba bon tu nam lam sau bay tam chin muoi tram nghin ngan trieu ty ti chuc ruoi nua doi nhat nhi
  phay phan thang ngay tuan quy chu chua chang`.split(/\s+/u),
);

/** A sentence reduced to what a copy of it must share. */
interface Statement {
  readonly words: ReadonlySet<string>;
  /** Numbers, number words and the words of dates, in order. */
  readonly figures: readonly string[];
  /** Capitalised words that do not merely begin the sentence. */
  readonly names: readonly string[];
  readonly isHeading: boolean;
}

/**
 * Whether `other` and the passages beside it say what `passage` says: every sentence with its counterpart has the
 * same figures and dates in the same order and the same names, no figure of `passage` is missing, and titles and
 * headings are about the same thing. Errs towards no: an updated figure must stay to be seen.
 *
 * Of articles that are known to be near copies, titles may differ, as the headlines of two papers do; there every
 * sentence that is no heading must have its counterpart, for more of a passage may differ.
 *
 * @param others - passages of one article, in the language of `passage`.
 */
export function saysNothingElse(
  passage: Evidence,
  others: readonly Evidence[],
  { areCopies }: { readonly areCopies: boolean },
): boolean {
  if (!(areCopies ? haveSameFigures(passage, others) : isSameTopic(passage, others))) return false;
  const candidates = others.flatMap(statementsOf);
  return statementsOf(passage).every((statement) => {
    const scored = candidates.map((other) => ({ other, share: shareOf(statement, other) }));
    const best = Math.max(0, ...scored.map(({ share }) => share));
    if (best < counterpart) return statement.figures.length === 0 && (!areCopies || statement.isHeading);
    return scored.some(({ other, share }) => share === best && agree(statement, other));
  });
}

/** The same text under the headings "2022" and "2023" is about different things, in copies too. */
function haveSameFigures(passage: Evidence, others: readonly Evidence[]): boolean {
  const figures = (evidence: Evidence) =>
    foldedWords(evidence.passage.headingPath.join('\n')).filter(hasDigit).join(' ');
  return others.some((other) => figures(other) === figures(passage));
}

function agree(a: Statement, b: Statement): boolean {
  return (
    a.figures.join(' ') === b.figures.join(' ') &&
    a.names.every((name) => b.words.has(name)) &&
    b.names.every((name) => a.words.has(name))
  );
}

/** The same boilerplate under "Techfest 2022" and "Techfest 2023", or of two towns, is about different things. */
function isSameTopic(passage: Evidence, others: readonly Evidence[]): boolean {
  const [ours, theirs] = [frameWords(passage), others.map(frameWords)];
  const held = new Set([...theirs.flat(), ...others.flatMap(({ text }) => foldedWords(text))]);
  const own = new Set([...ours, ...foldedWords(passage.text)]);
  if (ours.some((word) => hasDigit(word) && !held.has(word))) return false;
  if (theirs.flat().some((word) => hasDigit(word) && !own.has(word))) return false;
  return ours.filter((word) => held.has(word)).length >= sameTopic * ours.length;
}

function frameWords({ article, passage }: Evidence): string[] {
  return words(frameOf(article.title, passage.headingPath))
    .filter(({ text }) => !isStopWord(text, article.language))
    .map(({ text }) => foldWord(text));
}

function statementsOf(evidence: Evidence): Statement[] {
  return evidence.passage.sentences.map((sentence) => {
    const list = words(sentenceText(evidence, sentence));
    const folded = list.map(({ text }) => foldWord(text));
    return {
      words: new Set(folded),
      figures: folded.filter((word) => hasDigit(word) || figureWords.has(word) || /n['’]t$/u.test(word)),
      names: folded.filter((_, index) => index > 0 && /^\p{Lu}/u.test(list[index]?.text ?? '')),
      isHeading: sentence.heading === true,
    };
  });
}

/** Share of `a`'s words that `b` holds. */
function shareOf(a: Statement, b: Statement): number {
  return Array.from(a.words).filter((word) => b.words.has(word)).length / Math.max(1, a.words.size);
}

/** The words of a text as copies are compared: folded, numbers in one spelling. */
export function foldedWords(text: string): string[] {
  return words(foldDiacritics(text)).map((word) => normaliseNumber(word.text));
}

const hasDigit = (word: string): boolean => /\d/u.test(word);

const foldWord = (word: string): string => normaliseNumber(foldDiacritics(word));
