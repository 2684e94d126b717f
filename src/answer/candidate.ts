import { sentenceText, type Evidence } from '../domain/evidence.ts';
import type { Language } from '../domain/language.ts';
import { searchTerms } from '../domain/text/search-terms.ts';
import type { QueryPlan, TermGroup } from '../retrieve/term-group.ts';
import { type AnswerKind, holdsKind } from './answer-kind.ts';
import type { SourceSentence } from './source-sentence.ts';

/** What is measured of a stored sentence that may answer a question. Every feature lies in 0–1. */
export interface SentenceFeatures {
  /** Cosine of question and sentence; 0 where the model does not know the language. */
  readonly dense: number;
  /** Share of the question's weight that stands in the sentence itself. */
  readonly coverage: number;
  /** The same for the sentence with its title, headings and neighbouring sentences. */
  readonly contextCoverage: number;
  /** Share of the question's names and numbers met by the sentence or its article's passage and title. */
  readonly essentials: number;
  /** Whether the sentence holds the sort of thing asked for. */
  readonly kind: number;
  /** Fused relevance of the passage. */
  readonly passage: number;
}

/** A stored sentence that may answer a question. */
export interface Candidate extends SourceSentence {
  readonly text: string;
  readonly features: SentenceFeatures;
}

/** What {@link collectCandidates} measures against. */
export interface CandidateOptions {
  readonly evidence: readonly Evidence[];
  /** The question as searched for, by article language. */
  readonly plans: ReadonlyMap<Language, QueryPlan>;
  /** Inverse document frequency of a term among the articles of a language. */
  readonly idf: (term: string, language: Language) => number;
  readonly question: string;
  readonly kind: AnswerKind;
  /** Cosine of the question with each sentence, in order, by passage id. */
  readonly cosines: ReadonlyMap<string, readonly number[]>;
}

/** Measures every quotable sentence of the evidence. Headings are context, never candidates. */
export function collectCandidates(options: CandidateOptions): Candidate[] {
  return options.evidence.flatMap((evidence) => candidatesOf(evidence, options));
}

function candidatesOf(evidence: Evidence, options: CandidateOptions): Candidate[] {
  const { language } = evidence.article;
  const plan = options.plans.get(language);
  if (!plan) return [];
  const weigh = (group: TermGroup) => group.weight * groupIdf(group, (term) => options.idf(term, language));
  const total = sum(plan.groups.map(weigh));
  const essential = plan.groups.filter((group) => group.essential);
  const share = (terms: ReadonlySet<string>) =>
    total === 0 ? 0 : sum(plan.groups.map((group) => weigh(group) * met(group, terms))) / total;

  const texts = evidence.passage.sentences.map((sentence) => sentenceText(evidence, sentence));
  const terms = texts.map((text) => searchTerms(text, language));
  const frame = searchTerms([evidence.article.title, ...evidence.passage.headingPath].join('\n'), language);
  const whole = new Set([...frame, ...terms.flat()]);
  const essentials =
    essential.length === 0 ? 1 : sum(essential.map((group) => met(group, whole))) / essential.length;
  const cosines = options.cosines.get(evidence.passage.id);

  return evidence.passage.sentences.flatMap((sentence, index) => {
    if (sentence.heading) return [];
    const text = texts[index] ?? '';
    const around = [index - 1, index, index + 1].flatMap((neighbour) => terms[neighbour] ?? []);
    const features = {
      dense: Math.max(0, cosines?.[index] ?? 0),
      coverage: share(new Set(terms[index])),
      contextCoverage: share(new Set([...frame, ...around])),
      essentials,
      kind: holdsKind(text, options.kind, options.question) ? 1 : 0,
      passage: evidence.score,
    };
    return [{ evidence, sentence, text, features }];
  });
}

/** How well `terms` meet the group: the best alternative's share of terms present. */
function met(group: TermGroup, terms: ReadonlySet<string>): number {
  return Math.max(
    0,
    ...group.alternatives.map(
      (alternative) => alternative.filter((term) => terms.has(term)).length / alternative.length,
    ),
  );
}

function groupIdf(group: TermGroup, idf: (term: string) => number): number {
  const [first = []] = group.alternatives;
  return first.length === 0 ? 0 : Math.max(...first.map(idf));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
