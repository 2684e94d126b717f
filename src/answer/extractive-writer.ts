import { words } from '../domain/text/words.ts';
import { answerSettings as settings } from './answer-settings.ts';
import { findConflicts } from './conflict/find-conflicts.ts';
import { continuation } from './introducer.ts';
import { oddsOf, type RankedCandidate } from './rank-candidates.ts';
import { sourceKey } from './source-sentence.ts';
import type { Draft, Writer } from './writer.ts';

/**
 * Answers with the articles' own sentences, verbatim: the best one first, then others that answer as well,
 * article by article in their order. A question that asks for several things gets the best of each part.
 * Deterministic; needs no model beyond the bundled embeddings.
 */
export function createExtractiveWriter(): Writer {
  return {
    name: 'extractive',
    write: async function* write({
      question,
      candidates,
      parts = [candidates],
      signal,
    }): AsyncGenerator<Draft> {
      const most = Math.max(2, Math.floor(settings.maximumSentences / parts.length));
      const chosen = parts.flatMap((part) =>
        withDisagreements(inReadingOrder(choose(part, question, most)), part),
      );
      const distinct = new Map(chosen.map((one) => [sourceKey(one), one]));
      if (distinct.size === 0) yield { type: 'abstain' };
      for (const { text, evidence, sentence } of Array.from(distinct.values()).slice(
        0,
        settings.maximumSentences,
      )) {
        signal?.throwIfAborted();
        yield { type: 'sentence', text, sources: [{ evidence, sentence }], droppedCitations: 0 };
      }
    },
  };
}

/** The best sentence and those that answer nearly as well without saying the same again; none below par. */
function choose(candidates: readonly RankedCandidate[], question: string, most: number): RankedCandidate[] {
  const [best] = candidates;
  if (!best || best.belief < settings.answerThreshold) return [];
  const items = continuation(best, candidates, question);
  if (items.length > 0) return [best, ...items].slice(0, settings.maximumSentences);
  const least = oddsOf(best.belief) * settings.companionOdds;
  const chosen: RankedCandidate[] = [];
  // One language reads better than two; the other one answers where it must.
  const readable = candidates.filter(
    ({ evidence }) => evidence.article.language === best.evidence.article.language,
  );
  for (const candidate of readable) {
    if (chosen.length === most) break;
    const isAsGood = oddsOf(candidate.belief) >= least && candidate.belief >= settings.companionThreshold;
    if (candidate !== best && !isAsGood) continue;
    if (!chosen.some((other) => saysTheSame(other, candidate))) chosen.push(candidate);
  }
  return chosen;
}

/** A sentence whose figure another article contradicts is joined by that one: the newer leads, the older follows. */
function withDisagreements(
  chosen: readonly RankedCandidate[],
  candidates: readonly RankedCandidate[],
): RankedCandidate[] {
  const [best] = chosen;
  if (!best) return [];
  const least = best.belief * settings.disagreementShare;
  const conflict = findConflicts(candidates.filter(({ belief }) => belief >= least)).find(({ claims }) =>
    claims.some(({ statements }) => statements.some((statement) => chosen.includes(statement))),
  );
  const inLanguage = ({ evidence }: RankedCandidate) =>
    evidence.article.language === best.evidence.article.language;
  const [newer, older] = conflict?.claims.map(({ statements }) => statements.find(inLanguage)) ?? [];
  const pair = newer && older ? [newer, older] : [];
  return [...pair, ...chosen.filter((one) => !pair.includes(one))];
}

/** Word overlap (Jaccard) above which two sentences are the same statement, as in a copied wire story. */
const sameStatement = 0.7;

function saysTheSame(a: RankedCandidate, b: RankedCandidate): boolean {
  const [wordsOfA, wordsOfB] = [wordSet(a.text), wordSet(b.text)];
  const shared = Array.from(wordsOfA).filter((word) => wordsOfB.has(word)).length;
  return shared / (wordsOfA.size + wordsOfB.size - shared) > sameStatement;
}

const wordSet = (text: string): Set<string> => new Set(words(text).map((word) => word.text.toLowerCase()));

function inReadingOrder(chosen: readonly RankedCandidate[]): RankedCandidate[] {
  const [best, ...rest] = chosen;
  if (!best) return [];
  const articles = Array.from(new Set(chosen.map(({ evidence }) => evidence.article.id)));
  const place = ({ evidence }: RankedCandidate) => articles.indexOf(evidence.article.id);
  return [best, ...rest.toSorted((a, b) => place(a) - place(b) || a.sentence.start - b.sentence.start)];
}
