import type { BaseChatModel } from '@langchain/core/language_models/chat_models';

import type { Usage } from '../../domain/answer.ts';
import { addModelUse } from '../model-use.ts';
import { createDeadline } from './deadline.ts';
import type { ChatLimits } from './limits.ts';
import { streamChunks } from './model-chunks.ts';
import type { ChunkMetadata } from './model-chunks.ts';
import { modelError } from './model-error.ts';
import type { GuardedCall, ModelGuard } from './model-guard.ts';
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
  /** Shared by all calls of the model; without it every call is made. */
  readonly guard?: ModelGuard | undefined;
  readonly signal?: AbortSignal | undefined;
}

const cutReasons = /^(?:length|max_tokens|content_filter|safety|refusal)$/iu;

/**
 * Streams the reply of a chat model, without its reasoning, and at last how it ended. Leaving the loop early
 * cancels the request.
 *
 * @throws FootnoteError `timeout` or `model-failed`; the latter at once while the guard leaves the model alone.
 * @throws the reason of `signal` when it is aborted.
 */
export async function* streamModel(call: ModelCall): AsyncGenerator<ModelOutput, void, undefined> {
  const { model, name, limits } = call;
  const guarded = call.guard?.begin(limits.timeoutMs);
  const deadline = createDeadline(name, limits, call.signal);
  const keep = createReasoningFilter();
  let received = 0;
  let usage: Usage | undefined;
  let finish: string | undefined;
  let mustFinish = false;
  addModelUse({ calls: 1 });
  try {
    const stream = await deadline.race(streamChunks(model, call, deadline.signal));
    for (;;) {
      const next = await deadline.race(stream.next());
      if (next.done === true) break;
      const { text, usage: counted, metadata } = next.value;
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
    // What ends without a word, or without the reason that such a server gives, was not a reply.
    if (finish === undefined && (mustFinish || received === 0)) guarded?.fail(undefined);
    else guarded?.succeed();
    yield { type: 'end', truncated, ...(usage && { usage }) };
  } catch (error) {
    // A call that its caller no longer wants has not failed.
    if (call.signal?.aborted !== true) addModelUse({ failedCalls: 1 });
    // An abort surfaces in a different error for each client; the signal knows who asked for it.
    const reason: unknown = deadline.signal.aborted ? deadline.signal.reason : error;
    if (call.signal?.aborted !== true) guarded?.fail(reason);
    throw deadline.signal.aborted ? reason : modelError(name, error);
  } finally {
    if (usage) addModelUse(usage);
    settle(guarded, received > 0 && call.signal?.aborted !== true);
    deadline.close();
  }
}

/** A caller that has read enough has seen that the model works. */
function settle(guarded: GuardedCall | undefined, isDelivering: boolean): void {
  if (isDelivering) guarded?.succeed();
  else guarded?.leave();
}

function finishReason(metadata: ChunkMetadata | undefined): string | undefined {
  const { finish_reason, stop_reason, finishReason: camel, done_reason } = metadata ?? {};
  return finish_reason ?? stop_reason ?? camel ?? done_reason ?? undefined;
}
