import { languages, type Language } from '../domain/language.ts';
import type { Translations } from '../retrieve/retriever.ts';
import type { AnswerJob } from './answer-job.ts';

/** Translates a question that stands alone with a chat model; `undefined` when its output is no translation. */
export type TranslateQuestion = (input: {
  readonly question: string;
  /** Language to translate into. */
  readonly into: Language;
  readonly signal?: AbortSignal | undefined;
}) => Promise<string | undefined>;

/**
 * The question in each other language of the articles that are searched. What cannot be translated is absent, and
 * the glossary does its best there.
 *
 * @throws the reason of `signal` when it is aborted, and nothing else.
 */
export async function translateQuestion(options: {
  readonly job: AnswerJob;
  /** The question, understandable without the conversation. */
  readonly question: string;
  readonly questionLanguage: Language;
  readonly translate: TranslateQuestion;
  readonly signal?: AbortSignal | undefined;
}): Promise<Translations> {
  const { job, question, questionLanguage, translate, signal } = options;
  const searched = languages.filter(
    (language) =>
      language !== questionLanguage &&
      job.index.generation.languages[language] !== undefined &&
      (job.request.filters?.languages?.includes(language) ?? true),
  );
  const translations = await Promise.all(
    searched.map(async (into) => {
      try {
        const text = await translate({ question, into, signal });
        return text === undefined ? {} : { [into]: text };
      } catch {
        // A caller that left needs no answer; a model that failed does not keep the glossary from working.
        signal?.throwIfAborted();
        return {};
      }
    }),
  );
  return Object.assign({}, ...translations);
}
