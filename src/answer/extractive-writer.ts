import { answerSettings as settings } from './answer-settings.ts';
import { chooseSentences } from './choose/choose-sentences.ts';
import { isNextItem } from './choose/run-of-sentences.ts';
import { findConflicts } from './conflict/find-conflicts.ts';
import type { RankedCandidate } from './rank-candidates.ts';
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
      questions = [question],
      language,
      questionLanguage = language,
      signal,
    }): AsyncGenerator<Draft> {
      const most = parts.length === 1 ? settings.maximumSentences : settings.maximumOfPart;
      const chosen = parts.flatMap((part, index) => {
        const asked = questions[index] ?? question;
        const sentences = chooseSentences({ candidates: part, question: asked, questionLanguage, most });
        return withDisagreements(inReadingOrder(sentences), part);
      });
      const distinct = new Map(chosen.map((one) => [sourceKey(one), one]));
      if (distinct.size === 0) yield { type: 'abstain' };
      let before: RankedCandidate | undefined;
      for (const one of distinct.values()) {
        signal?.throwIfAborted();
        yield {
          type: 'sentence',
          text: one.text,
          sources: [{ evidence: one.evidence, sentence: one.sentence }],
          droppedCitations: 0,
          // The items of a list stay below one another.
          ...(before && isNextItem(before, one) && { startsParagraph: true }),
        };
        before = one;
      }
    },
  };
}

/** A sentence whose figure another article contradicts is joined by that one: the newer leads, the older follows. */
function withDisagreements(
  chosen: readonly RankedCandidate[],
  candidates: readonly RankedCandidate[],
): RankedCandidate[] {
  const [best] = chosen;
  if (!best) return [];
  const least = best.belief * settings.disagreementShare;
  const likely = candidates.filter(({ belief }) => belief >= least);
  const conflict = findConflicts(likely, chosen).find(({ claims }) =>
    claims.some(({ statements }) => statements.some((statement) => chosen.includes(statement))),
  );
  const inLanguage = ({ evidence }: RankedCandidate) =>
    evidence.article.language === best.evidence.article.language;
  const [newer, older] = conflict?.claims.map(({ statements }) => statements.find(inLanguage)) ?? [];
  const pair = newer && older ? [newer, older] : [];
  return [...pair, ...chosen.filter((one) => !pair.includes(one))];
}

function inReadingOrder(chosen: readonly RankedCandidate[]): RankedCandidate[] {
  const [best, ...rest] = chosen;
  if (!best) return [];
  const articles = Array.from(new Set(chosen.map(({ evidence }) => evidence.article.id)));
  const place = ({ evidence }: RankedCandidate) => articles.indexOf(evidence.article.id);
  return [best, ...rest.toSorted((a, b) => place(a) - place(b) || a.sentence.start - b.sentence.start)];
}
