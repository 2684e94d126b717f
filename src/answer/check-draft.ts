import type { Citation } from '../domain/citation.ts';
import { frameOf, sentenceText } from '../domain/evidence.ts';
import type { Language } from '../domain/language.ts';
import type { Glossary } from '../retrieve/glossary.ts';
import type { SentenceJudge } from './sentence-judge.ts';
import type { SourceSentence } from './source-sentence.ts';
import type { CitedQuote } from './verify/examine-sentence.ts';
import { type Verification, verifySentence } from './verify/verify-sentence.ts';
import type { DraftSentence } from './writer.ts';

/** A draft with the sources that bear it. */
export interface CheckedDraft {
  readonly sources: readonly SourceSentence[];
  readonly verification: Citation['support'];
  /** Sources that the writer pointed at and that bear nothing of the sentence. */
  readonly idleSources: number;
}

/** What {@link checkDraft} works with. */
export interface CheckOptions {
  readonly draft: DraftSentence;
  /** Language of the reply. */
  readonly language: Language;
  readonly glossary: Glossary;
  /** Asked where rules are unsure; without it they decide alone. */
  readonly judge?: SentenceJudge | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Sources of a draft as the rules see them together. */
interface Ruling {
  readonly sources: readonly SourceSentence[];
  readonly verification: Verification;
}

/**
 * Verifies a draft against its sources and leaves out those that bear nothing of it.
 *
 * @throws the reason of the signal when it is aborted.
 */
export async function checkDraft(options: CheckOptions): Promise<CheckedDraft> {
  const { draft, judge, signal } = options;
  const { whole, kept } = applyRules(options);
  const doubtful = judge && doubtfulOf(whole, kept, options);
  const verdict = doubtful && (await judge({ sentence: draft.text, cited: cite(doubtful.sources), signal }));
  if (doubtful === undefined || verdict === undefined) return checked(draft, kept);
  return {
    ...checked(draft, verdict === 'unsupported' ? { ...doubtful, sources: [] } : doubtful),
    verification: { verdict, score: doubtful.verification.score, judgedBy: 'chat' },
  };
}

/** The draft with all of its sources, and with those that the rules leave it. */
function applyRules({ draft, language, glossary }: CheckOptions): { whole: Ruling; kept: Ruling } {
  const verify = (sources: readonly SourceSentence[]) =>
    verifySentence({ sentence: draft.text, language, cited: cite(sources), glossary });
  const whole = { sources: draft.sources, verification: verify(draft.sources) };
  const alone = (source: SourceSentence) =>
    draft.sources.length === 1 ? whole.verification : verify([source]);
  // Rules judge less surely across languages, so a quotation in the other one keeps its footnote.
  const sources = draft.sources.filter(
    (source) => isForeign(source, language) || alone(source).verdict !== 'unsupported',
  );
  if (sources.length === draft.sources.length) return { whole, kept: whole };
  const verification =
    sources.length > 0 ? verify(sources) : { ...whole.verification, verdict: 'unsupported' as const };
  // Dropping must not make worse what stood: two facts of two quotations need both.
  const isWorse = whole.verification.verdict === 'supported' && verification.verdict !== 'supported';
  return { whole, kept: isWorse ? whole : { sources, verification } };
}

/**
 * The sources that a judge is asked about, if any: those that the rules leave, or all of them where the rules leave
 * nothing or have dropped what a figure stands in.
 */
function doubtfulOf(whole: Ruling, kept: Ruling, options: CheckOptions): Ruling | undefined {
  if (isUnsure(kept, options)) return kept;
  return kept.verification.verdict !== 'supported' && isUnsure(whole, options) ? whole : undefined;
}

/** Whether the rules cannot tell: nothing refutes the sentence, but they miss something or compare languages. */
function isUnsure({ sources, verification }: Ruling, { draft, language }: CheckOptions): boolean {
  if (sources.length === 0 || verification.refuted) return false;
  if (verification.verdict !== 'supported') return true;
  const isVerbatim = sources.some(
    ({ evidence, sentence }) => sentenceText(evidence, sentence) === draft.text,
  );
  return !isVerbatim && sources.some((source) => isForeign(source, language));
}

function checked(draft: DraftSentence, { sources, verification }: Ruling): CheckedDraft {
  const { verdict, score } = verification;
  return {
    sources,
    verification: { verdict, score },
    idleSources: draft.sources.length - sources.length,
  };
}

const isForeign = ({ evidence }: SourceSentence, language: Language): boolean =>
  evidence.article.language !== language;

function cite(sources: readonly SourceSentence[]): CitedQuote[] {
  return sources.map(({ evidence, sentence }) => ({
    quote: sentenceText(evidence, sentence),
    language: evidence.article.language,
    frame: frameOf(evidence.article.title, evidence.passage.headingPath),
  }));
}
