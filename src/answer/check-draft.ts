import type { Language } from '../domain/language.ts';
import type { Glossary } from '../retrieve/glossary.ts';
import type { SourceSentence } from './source-sentence.ts';
import { type Verification, verifySentence } from './verify/verify-sentence.ts';
import type { DraftSentence } from './writer.ts';

/** A draft with the sources that bear it. */
export interface CheckedDraft {
  readonly sources: readonly SourceSentence[];
  readonly verification: Verification;
  /** Sources that the writer pointed at and that bear nothing of the sentence. */
  readonly idleSources: number;
}

/** Verifies a draft against its sources and leaves out those that bear nothing of it. */
export function checkDraft(draft: DraftSentence, language: Language, glossary: Glossary): CheckedDraft {
  const verify = (sources: readonly SourceSentence[]) =>
    verifySentence({ sentence: draft.text, language, cited: sources.map(toCitedQuote), glossary });
  const bears = (source: SourceSentence) =>
    // Rules judge less surely across languages, so a quotation in the other one keeps its footnote.
    source.evidence.article.language !== language || verify([source]).verdict !== 'unsupported';
  const whole = verify(draft.sources);
  // Sentences may be borne by their sources only together: then each of them stays.
  if (whole.verdict === 'supported' && !draft.sources.some(bears)) {
    return { sources: draft.sources, verification: whole, idleSources: 0 };
  }
  const sources = draft.sources.filter(bears);
  const idleSources = draft.sources.length - sources.length;
  if (idleSources === 0) return { sources, verification: whole, idleSources };
  const rest = sources.length > 0 ? verify(sources) : { ...whole, verdict: 'unsupported' as const };
  // Dropping must not make worse what stood: two facts of two quotations need both.
  return whole.verdict === 'supported' && rest.verdict !== 'supported'
    ? { sources: draft.sources, verification: whole, idleSources: 0 }
    : { sources, verification: rest, idleSources };
}

function toCitedQuote({ evidence, sentence }: SourceSentence) {
  const { article, passage, text } = evidence;
  return {
    quote: text.slice(sentence.start - passage.start, sentence.end - passage.start),
    language: article.language,
    frame: [article.title, ...passage.headingPath].join('\n'),
  };
}
