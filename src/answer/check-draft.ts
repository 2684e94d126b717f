import { frameOf, sentenceText } from '../domain/evidence.ts';
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
  const whole = verify(draft.sources);
  const alone = (source: SourceSentence) => (draft.sources.length === 1 ? whole : verify([source]));
  // Rules judge less surely across languages, so a quotation in the other one keeps its footnote.
  const sources = draft.sources.filter(
    (source) => source.evidence.article.language !== language || alone(source).verdict !== 'unsupported',
  );
  const idleSources = draft.sources.length - sources.length;
  if (idleSources === 0) return { sources, verification: whole, idleSources };
  const rest = sources.length > 0 ? verify(sources) : { ...whole, verdict: 'unsupported' as const };
  // Dropping must not make worse what stood: two facts of two quotations need both.
  return whole.verdict === 'supported' && rest.verdict !== 'supported'
    ? { sources: draft.sources, verification: whole, idleSources: 0 }
    : { sources, verification: rest, idleSources };
}

function toCitedQuote({ evidence, sentence }: SourceSentence) {
  const { article, passage } = evidence;
  return {
    quote: sentenceText(evidence, sentence),
    language: article.language,
    frame: frameOf(article.title, passage.headingPath),
  };
}
