import { createChatModel } from '../../models/chat-model.ts';
import type { ChatModelOptions } from '../../models/chat-model.ts';
import type { Writer } from '../writer.ts';
import { createChatWriter } from './chat-writer.ts';
import { loadPrompts } from './prompts.ts';
import { createQuestionRewriter } from './question-rewriter.ts';

/** A rewrite is one line; the answer waits for it. */
const longestRewriteMs = 10_000;

/**
 * The parts of the answer chain that a chat model takes over.
 *
 * @param options - `timeoutMs` bounds each call of the model as a whole; two thirds of it are allowed until the
 * first token, half of it between tokens.
 * @param promptsDir - folder of the prompts.
 * @throws FootnoteError `configuration` when the model or the prompts cannot be used.
 */
export async function createChatParts(
  options: ChatModelOptions,
  promptsDir: string,
): Promise<{ chat: Writer; rewrite: ReturnType<typeof createQuestionRewriter> }> {
  const [model, prompts] = await Promise.all([createChatModel(options), loadPrompts({ dir: promptsDir })]);
  const { model: name, timeoutMs } = options;
  const limits = {
    timeoutMs,
    firstTokenTimeoutMs: Math.ceil((timeoutMs * 2) / 3),
    stallTimeoutMs: Math.ceil(timeoutMs / 2),
  };
  return {
    chat: createChatWriter({ model, name, prompts, limits }),
    rewrite: createQuestionRewriter({
      model,
      name,
      prompts,
      timeoutMs: Math.min(timeoutMs, longestRewriteMs),
    }),
  };
}
