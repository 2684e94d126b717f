import type { AnswerEvidence } from '../domain/answer.ts';
import type { Citation } from '../domain/citation.ts';
import type { Language } from '../domain/language.ts';

/** Translates quotations with a chat model. */
export interface QuoteTranslator {
  /** `<provider>:<model>`. */
  readonly model: string;
  /**
   * The translations by index of the quotation; those that cannot be had are absent.
   *
   * @throws FootnoteError `model-failed` or `timeout` when the model does not deliver; the reason of `signal`
   * when it is aborted.
   */
  readonly translate: (input: {
    readonly quotes: readonly string[];
    /** Language to translate into. */
    readonly into: Language;
    readonly signal?: AbortSignal | undefined;
  }) => Promise<ReadonlyMap<number, string>>;
}

/**
 * The citations, those in another language than `language` with a machine translation beside the quotation where
 * one can be had. Nothing else of a citation changes: quotation, place and verdict are the article's own.
 *
 * @throws the reason of `signal` when it is aborted, and nothing else: an answer does not fail for a translation.
 */
export async function translateCitations(options: {
  readonly citations: readonly Citation[];
  /** Tells the language of each citation's passage. */
  readonly evidence: readonly AnswerEvidence[];
  /** Language of the reply. */
  readonly language: Language;
  readonly translator: QuoteTranslator;
  readonly signal?: AbortSignal | undefined;
}): Promise<readonly Citation[]> {
  const { citations, evidence, language, translator, signal } = options;
  const languages = new Map(evidence.map((item) => [item.articleId, item.language]));
  const foreign = citations.filter(({ articleId }) => (languages.get(articleId) ?? language) !== language);
  if (foreign.length === 0) return citations;
  try {
    const texts = await translator.translate({
      quotes: foreign.map(({ quote }) => quote),
      into: language,
      signal,
    });
    return citations.map((citation) => {
      const text = texts.get(foreign.indexOf(citation));
      if (text === undefined) return citation;
      return { ...citation, translation: { text, language, by: 'chat', model: translator.model } };
    });
  } catch {
    signal?.throwIfAborted();
    return citations;
  }
}
