import { type Evidence, frameOf, sentenceText } from '../domain/evidence.ts';
import { searchTerms } from '../domain/text/search-terms.ts';
import type { QueryPlan, TermGroup } from './term-group.ts';

/** How a stored sentence relates to a question. Every value lies in 0–1. */
export interface SentenceSignals {
  /** Cosine of question and sentence; 0 where the model does not know both languages. */
  readonly dense: number;
  /** Share of the question's weight (by rarity of its words) that stands in the sentence itself. */
  readonly coverage: number;
  /** The same for the sentence with its article's title, its headings and its neighbours. */
  readonly context: number;
  /** Coverage of what is asked about the question's names and numbers: of all its other words. */
  readonly topic: number;
  /** Share of the question's names and numbers that the passage, its headings or its title hold. */
  readonly essentials: number;
  /** Rarity of the rarest word of the question that the passage and its title lack, by the rarest of all. */
  readonly missing: number;
}

/** What sentences are measured against. */
export interface SignalContext {
  readonly plan: QueryPlan;
  /** Inverse document frequency of a term among the articles of the passage's language. */
  readonly idf: (term: string) => number;
}

/** The signals of each sentence of a passage, in order. `cosines` are in the same order, where known. */
export function measureSentences(
  evidence: Evidence,
  { plan, idf }: SignalContext,
  cosines: readonly number[] | undefined,
): SentenceSignals[] {
  const { language, title } = evidence.article;
  const weights = plan.groups.map((group) => group.weight * groupIdf(group, idf));
  const total = sum(weights);
  const share = (terms: ReadonlySet<string>, counts: (group: TermGroup) => boolean = () => true): number => {
    const weigh = (group: TermGroup, index: number) => (counts(group) ? (weights[index] ?? 0) : 0);
    const whole = sum(plan.groups.map(weigh));
    if (whole === 0) return 0;
    return sum(plan.groups.map((group, index) => weigh(group, index) * met(group, terms))) / whole;
  };
  const hasTopic = plan.groups.some((group) => !group.essential);

  const terms = evidence.passage.sentences.map((sentence) =>
    searchTerms(sentenceText(evidence, sentence), language),
  );
  const frame = searchTerms(frameOf(title, evidence.passage.headingPath), language);
  const whole = new Set([...frame, ...terms.flat()]);
  const essential = plan.groups.filter((group) => group.essential);
  const essentials =
    essential.length === 0 ? 1 : sum(essential.map((group) => met(group, whole))) / essential.length;
  const unmet = weights.map((weight, index) => weight * (1 - met(plan.groups[index], whole)));
  const missing = total === 0 ? 1 : Math.max(...unmet) / Math.max(...weights);

  return terms.map((own, index) => {
    const around = [terms[index - 1] ?? [], own, terms[index + 1] ?? []].flat();
    const inside = new Set(own);
    return {
      dense: Math.max(0, cosines?.[index] ?? 0),
      coverage: share(inside),
      context: share(new Set([...frame, ...around])),
      topic: share(inside, (group) => !hasTopic || !group.essential),
      essentials,
      missing,
    };
  });
}

/** How well `terms` meet the group: the best alternative's share of terms present. */
function met(group: TermGroup | undefined, terms: ReadonlySet<string>): number {
  const shares = group?.alternatives.map(
    (alternative) => alternative.filter((term) => terms.has(term)).length / alternative.length,
  );
  return Math.max(0, ...(shares ?? []));
}

function groupIdf(group: TermGroup, idf: (term: string) => number): number {
  return Math.max(0, ...(group.alternatives[0] ?? []).map(idf));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
