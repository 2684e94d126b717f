import { type Evidence, frameOf } from '../domain/evidence.ts';
import { oncePer } from '../domain/once-per.ts';
import { oncePerPassage } from './once-per-passage.ts';
import { createTermFinder, readTerms } from './term-finder.ts';
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
  context: SignalContext,
  cosines: readonly number[] | undefined,
): SentenceSignals[] {
  const { groups, weights, topicWeights, heaviest, find } = measuresOf(context);
  const terms = termsOf(evidence);
  const sentences = terms.sentences.map(find);
  const frame = find(terms.frame);
  const whole = union([frame, ...sentences]);
  const metInWhole = groups.map((group) => met(group, whole));
  const essential = metInWhole.filter((_, index) => groups[index]?.essential);
  const essentials = essential.length === 0 ? 1 : sum(essential) / essential.length;
  const unmet = weights.map((weight, index) => weight * (1 - (metInWhole[index] ?? 0)));
  const missing = sum(weights) === 0 ? 1 : Math.max(...unmet) / heaviest;

  return sentences.map((own, index) => {
    const neighbours = [sentences[index - 1], sentences[index + 1]].flatMap((one) => one ?? []);
    const around = union([frame, own, ...neighbours]);
    const inside = groups.map((group) => met(group, own));
    return {
      dense: Math.max(0, cosines?.[index] ?? 0),
      coverage: share(inside, weights),
      context: share(
        groups.map((group) => met(group, around)),
        weights,
      ),
      topic: share(inside, topicWeights),
      essentials,
      missing,
    };
  });
}

/** The terms of each sentence of a passage, and of what stands above it. */
const termsOf = oncePerPassage(({ passage, text, article: { title, language } }) => ({
  sentences: passage.sentences.map(({ start, end }) =>
    readTerms(text.slice(start - passage.start, end - passage.start), language),
  ),
  frame: readTerms(frameOf(title, passage.headingPath), language),
}));

/** A group with its alternatives as places of a {@link createTermFinder}. */
interface PlacedGroup {
  readonly alternatives: readonly (readonly number[])[];
  readonly essential: boolean;
}

/** What is the same for all passages that one question is measured against. */
const measuresOf = oncePer(({ plan, idf }: SignalContext) => {
  const finder = createTermFinder(plan.groups.flatMap(({ alternatives }) => alternatives.flat()));
  const groups = plan.groups.map(({ alternatives, essential }): PlacedGroup => ({
    essential,
    alternatives: alternatives.map((terms) => terms.map(finder.placeOf)),
  }));
  const weights = plan.groups.map((group) => group.weight * groupIdf(group, idf));
  const hasTopic = groups.some(({ essential }) => !essential);
  const topicWeights = weights.map((weight, index) => (hasTopic && groups[index]?.essential ? 0 : weight));
  return { groups, weights, topicWeights, heaviest: Math.max(...weights), find: finder.find };
});

/** Share of the weights of what is met, by how far it is. */
function share(metGroups: readonly number[], weights: readonly number[]): number {
  const whole = sum(weights);
  if (whole === 0) return 0;
  return sum(weights.map((weight, index) => weight * (metGroups[index] ?? 0))) / whole;
}

/** How well the terms found meet the group: the best alternative's share of terms present. */
function met({ alternatives }: PlacedGroup, found: Uint8Array): number {
  let best = 0;
  for (const places of alternatives) {
    let present = 0;
    for (const place of places) present += found[place] ?? 0;
    best = Math.max(best, present / places.length);
  }
  return best;
}

function union(all: readonly Uint8Array[]): Uint8Array {
  const either = new Uint8Array(all[0]?.length ?? 0);
  for (const found of all) {
    for (let place = 0; place < either.length; place += 1) if (found[place] === 1) either[place] = 1;
  }
  return either;
}

function groupIdf(group: TermGroup, idf: (term: string) => number): number {
  return Math.max(0, ...(group.alternatives[0] ?? []).map(idf));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
