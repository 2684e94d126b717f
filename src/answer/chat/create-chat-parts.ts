import { createChatModel } from '../../models/chat-model.ts';
import type { ChatModelOptions } from '../../models/chat-model.ts';
import type { QuoteTranslator } from '../translate-citations.ts';
import type { TranslateQuestion } from '../translate-question.ts';
import type { Writer } from '../writer.ts';
import { createChatWriter } from './chat-writer.ts';
import { createJudge } from './judge.ts';
import { createModelGuard } from './model-guard.ts';
import type { ModelGuard } from './model-guard.ts';
import { loadPrompts } from './prompts.ts';
import { createQuestionRewriter } from './question-rewriter.ts';
import { createQuestionTranslator } from './question-translator.ts';
import { createQuoteTranslator } from './quote-translator.ts';

/** A rewrite or a translation is short; the answer waits for it. */
const longestShortCallMs = 10_000;

/** Settings of the parts. */
export interface ChatPartsOptions extends ChatModelOptions {
  /** Whether quotations in another language than the reply's are translated: one more call an answer. */
  readonly translateQuotes?: boolean;
  /** Whether the model judges sentences on which rules are unsure, see {@link createJudge}. */
  readonly judge?: boolean;
  /** For so many milliseconds a model that fails again and again is left alone; 0, and it is always asked. */
  readonly pauseMs?: number;
}

/** See {@link createChatParts}. */
export interface ChatParts {
  readonly chat: Writer;
  readonly rewrite: ReturnType<typeof createQuestionRewriter>;
  readonly translate: TranslateQuestion;
  readonly quoteTranslator?: QuoteTranslator;
  readonly guard?: ModelGuard;
}

/** Long enough to spare a server that restarts, short enough that nobody minds. */
const usualPauseMs = 15_000;

/**
 * The parts of the answer chain that a chat model takes over.
 *
 * @param options - `timeoutMs` bounds each call of the model as a whole; two thirds of it are allowed until the
 * first token, half of it between tokens.
 * @param promptsDir - folder of the prompts.
 * @throws FootnoteError `configuration` when the model or the prompts cannot be used.
 */
export async function createChatParts(options: ChatPartsOptions, promptsDir: string): Promise<ChatParts> {
  const [model, prompts] = await Promise.all([createChatModel(options), loadPrompts({ dir: promptsDir })]);
  const { model: name, timeoutMs, pauseMs = usualPauseMs } = options;
  const guard = pauseMs > 0 ? createModelGuard({ name, pauseMs, timeoutMs }) : undefined;
  const limits = {
    timeoutMs,
    firstTokenTimeoutMs: Math.ceil((timeoutMs * 2) / 3),
    stallTimeoutMs: Math.ceil(timeoutMs / 2),
  };
  const short = { model, name, prompts, guard, timeoutMs: Math.min(timeoutMs, longestShortCallMs) };
  return {
    chat: {
      ...createChatWriter({ model, name, prompts, limits, guard }),
      ...(options.judge === true && { startJudge: createJudge(short) }),
    },
    rewrite: createQuestionRewriter(short),
    translate: createQuestionTranslator(short),
    ...(options.translateQuotes === true && { quoteTranslator: createQuoteTranslator(short) }),
    ...(guard && { guard }),
  };
}
