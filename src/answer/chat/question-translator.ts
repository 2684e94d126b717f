import type { BaseChatModel } from '@langchain/core/language_models/chat_models';

import type { TranslateQuestion } from '../translate-question.ts';
import type { ModelGuard } from './model-guard.ts';
import { readQuestion } from './model-text.ts';
import { languageNames } from './prompts.ts';
import type { Prompts } from './prompts.ts';
import { longestTranslation, mayTranslate } from './translation-checks.ts';
import { neutralise } from './untrusted.ts';

/** What a question translator is made of. */
export interface QuestionTranslatorOptions {
  readonly model: BaseChatModel;
  /** `<provider>:<model>`, for errors. */
  readonly name?: string;
  readonly prompts: Prompts;
  /** Longest wait for the whole translation, in milliseconds. */
  readonly timeoutMs: number;
  /** Shared by all calls of the model; without it every call is made. */
  readonly guard?: ModelGuard | undefined;
}

/** A longer question, in UTF-16 code units, is a text; it is searched for with the glossary alone. */
const longestQuestion = 600;

/**
 * Lets a chat model translate a question that stands alone, to search the articles of another language with.
 *
 * @returns a function that resolves to `undefined` when the question is too long or without a word, and when the
 * model's output cannot be its translation (several lines, too long, in another language, a year missing); it throws
 * FootnoteError `model-failed` or `timeout` when the model does not deliver, and the reason of its signal when that
 * is aborted.
 */
export function createQuestionTranslator({
  model,
  name = 'in use',
  prompts,
  timeoutMs,
  guard,
}: QuestionTranslatorOptions): TranslateQuestion {
  return async ({ question, into, signal }) => {
    if (question.length > longestQuestion || !/\p{L}{2}/u.test(question)) return undefined;
    const slots = { language: languageNames[into] };
    const asked = neutralise(question);
    const text = await readQuestion({
      model,
      name,
      system: prompts.translate.render(slots),
      user: prompts.translateInput.render({ ...slots, question: asked }),
      maximumLength: longestTranslation(asked),
      timeoutMs,
      guard,
      signal,
    });
    return text !== undefined && mayTranslate(question, text, into) ? text : undefined;
  };
}
