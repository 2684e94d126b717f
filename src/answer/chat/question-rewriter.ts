import type { BaseChatModel } from '@langchain/core/language_models/chat_models';

import type { Turn } from '../../domain/conversation.ts';
import type { Language } from '../../domain/language.ts';
import { historyText } from './history.ts';
import { defaultChatLimits } from './limits.ts';
import type { ModelGuard } from './model-guard.ts';
import { readQuestion } from './model-text.ts';
import { languageNames } from './prompts.ts';
import type { Prompts } from './prompts.ts';
import { createRecitalCheck } from './recitals.ts';
import { clip, neutralise } from './untrusted.ts';

/** A question with the conversation that it may lean on. */
export interface RewriteInput {
  readonly question: string;
  /** Earlier turns, oldest first, without the question. */
  readonly history: readonly Turn[];
  readonly language: Language;
  readonly signal?: AbortSignal | undefined;
}

/** What a question rewriter is made of. */
export interface QuestionRewriterOptions {
  readonly model: BaseChatModel;
  /** `<provider>:<model>`, for errors. */
  readonly name?: string;
  readonly prompts: Prompts;
  /** Longest wait for the whole rewrite, in milliseconds. */
  readonly timeoutMs: number;
  /** Shared by all calls of the model; without it every call is made. */
  readonly guard?: ModelGuard | undefined;
}

/** A longer standalone question, in UTF-16 code units, is taken for something else. */
const maximumLength = 600;

/**
 * Lets a chat model make the last question of a conversation understandable on its own.
 *
 * The result is the question as given when there is no history, or when the model's output is empty, longer than
 * 600 characters, of several lines, or recites its instructions.
 *
 * @returns a function that throws FootnoteError `model-failed` or `timeout` when the model does not deliver, and
 * the reason of its signal when that is aborted.
 */
export function createQuestionRewriter({
  model,
  name = 'in use',
  prompts,
  timeoutMs,
  guard,
}: QuestionRewriterOptions): (input: RewriteInput) => Promise<string> {
  return async ({ question, history, language, signal }) => {
    if (history.length === 0) return question;
    const slots = { language: languageNames[language] };
    const system = prompts.rewrite.render(slots);
    const user = prompts.rewriteInput.render({
      ...slots,
      history: historyText(history, defaultChatLimits),
      question: clip(neutralise(question), defaultChatLimits.questionCharacters),
    });
    const call = { model, name, system, user, maximumLength, timeoutMs, guard, signal };
    const rewritten = await readQuestion(call);
    return rewritten === undefined || createRecitalCheck(system)(rewritten) ? question : rewritten;
  };
}
