import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { z } from 'zod';

import type { Usage } from '../../domain/answer.ts';
import { addModelUse } from '../model-use.ts';
import { createDeadline } from './deadline.ts';
import type { ChatLimits } from './limits.ts';
import { modelError } from './model-error.ts';
import { createReasoningFilter } from './reasoning-filter.ts';

/** A piece of a model's reply, or how it ended. */
export type ModelOutput =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'end'; readonly truncated: boolean; readonly usage?: Usage };

/** One call of a chat model. */
export interface ModelCall {
  readonly model: BaseChatModel;
  /** `<provider>:<model>`, for errors. */
  readonly name: string;
  readonly system: string;
  readonly user: string;
  readonly limits: Pick<
    ChatLimits,
    'outputCharacters' | 'timeoutMs' | 'firstTokenTimeoutMs' | 'stallTimeoutMs'
  >;
  readonly signal?: AbortSignal | undefined;
}

// Providers name the reason why a reply ended in their own ways.
const metadataSchema = z.object({
  model_provider: z.string().optional().catch(undefined),
  finish_reason: z.string().nullish().catch(undefined),
  stop_reason: z.string().nullish().catch(undefined),
  finishReason: z.string().nullish().catch(undefined),
  done_reason: z.string().nullish().catch(undefined),
});
const usageSchema = z.object({ input_tokens: z.number(), output_tokens: z.number() });
const cutReasons = /^(?:length|max_tokens|content_filter|safety|refusal)$/iu;

/**
 * Streams the reply of a chat model, without its reasoning, and at last how it ended. Leaving the loop early
 * cancels the request.
 *
 * @throws FootnoteError `timeout` or `model-failed`.
 * @throws the reason of `signal` when it is aborted.
 */
export async function* streamModel(call: ModelCall): AsyncGenerator<ModelOutput, void, undefined> {
  const { model, name, limits } = call;
  const deadline = createDeadline(name, limits, call.signal);
  const keep = createReasoningFilter();
  let received = 0;
  let usage: Usage | undefined;
  let finish: string | undefined;
  let mustFinish = false;
  addModelUse({ calls: 1 });
  try {
    const messages: [string, string][] = [
      ['system', call.system],
      ['human', call.user],
    ];
    const stream = await deadline.race(model.stream(messages, { signal: deadline.signal }));
    for (;;) {
      const next = await deadline.race(stream.next());
      if (next.done === true) break;
      const { text } = next.value;
      const counted = usageSchema.safeParse(next.value.usage_metadata).data;
      const metadata = metadataSchema.safeParse(next.value.response_metadata).data;
      finish = finishReason(metadata) ?? finish;
      mustFinish ||= metadata?.model_provider === 'openai';
      if (counted) {
        usage = {
          inputTokens: (usage?.inputTokens ?? 0) + counted.input_tokens,
          outputTokens: (usage?.outputTokens ?? 0) + counted.output_tokens,
        };
      }
      if (text === '') continue;
      deadline.progress();
      const kept = keep(text.slice(0, limits.outputCharacters - received));
      received += text.length;
      if (kept !== '') yield { type: 'text', text: kept };
      if (received > limits.outputCharacters) {
        finish = 'length';
        break;
      }
    }
    // A proxy that gives up closes the stream as if all were well; only the missing reason shows it.
    const truncated = finish === undefined ? mustFinish : cutReasons.test(finish);
    yield { type: 'end', truncated, ...(usage && { usage }) };
  } catch (error) {
    // A call that its caller no longer wants has not failed.
    if (call.signal?.aborted !== true) addModelUse({ failedCalls: 1 });
    // An abort surfaces in a different error for each client; the signal knows who asked for it.
    if (deadline.signal.aborted) throw deadline.signal.reason;
    throw modelError(name, error);
  } finally {
    if (usage) addModelUse(usage);
    deadline.close();
  }
}

function finishReason(metadata: z.infer<typeof metadataSchema> | undefined): string | undefined {
  const { finish_reason, stop_reason, finishReason: camel, done_reason } = metadata ?? {};
  return finish_reason ?? stop_reason ?? camel ?? done_reason ?? undefined;
}
