import { CallbackManager } from '@langchain/core/callbacks/manager';
import { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { HumanMessage, SystemMessage } from '@langchain/core/messages';
import { z } from 'zod';

// Providers name the reason why a reply ended in their own ways.
const metadataSchema = z.object({
  model_provider: z.string().optional().catch(undefined),
  finish_reason: z.string().nullish().catch(undefined),
  stop_reason: z.string().nullish().catch(undefined),
  finishReason: z.string().nullish().catch(undefined),
  done_reason: z.string().nullish().catch(undefined),
});
const usageSchema = z.object({ input_tokens: z.number(), output_tokens: z.number() });

/** What providers say beside the text. */
export type ChunkMetadata = z.infer<typeof metadataSchema>;

/** A piece of a model's reply. */
export interface ModelChunk {
  readonly text: string;
  readonly usage: z.infer<typeof usageSchema> | undefined;
  readonly metadata: ChunkMetadata | undefined;
}

/**
 * Begins a reply of `model` to a prompt.
 *
 * LangChain's own `stream` puts all chunks together once more for those who watch its runs, in time that grows with the
 * square of their number, and hands each through two more streams: twice the work of everything else that is done for
 * a token. Where nobody watches, the provider's chunks are read as they come.
 */
export async function streamChunks(
  model: BaseChatModel,
  { system, user }: { readonly system: string; readonly user: string },
  signal: AbortSignal,
): Promise<AsyncGenerator<ModelChunk, void, undefined>> {
  const messages = [new SystemMessage(system), new HumanMessage(user)];
  // Also where the environment asks for LangSmith's traces.
  const isWatched = CallbackManager.configure(undefined, model.callbacks) !== undefined;
  if (isWatched || model.disableStreaming || !streamsItself(model)) {
    return wholeChunks(await model.stream(messages, { signal }));
  }
  return ownChunks(model['_streamResponseChunks'](messages, { signal }));
}

/** What LangChain itself looks at before it asks for a stream. */
function streamsItself(model: BaseChatModel): boolean {
  return model['_streamResponseChunks'] !== BaseChatModel.prototype['_streamResponseChunks'];
}

async function* wholeChunks(
  stream: AsyncIterable<Awaited<ReturnType<BaseChatModel['invoke']>>>,
): AsyncGenerator<ModelChunk, void, undefined> {
  for await (const chunk of stream) yield toChunk(chunk.text, chunk, chunk.response_metadata);
}

async function* ownChunks(
  stream: ReturnType<BaseChatModel['_streamResponseChunks']>,
): AsyncGenerator<ModelChunk, void, undefined> {
  for await (const { message, generationInfo } of stream) {
    const text = typeof message.content === 'string' ? message.content : message.text;
    yield toChunk(text, message, { ...generationInfo, ...message.response_metadata });
  }
}

function toChunk(text: string, message: object, metadata: unknown): ModelChunk {
  const usage = 'usage_metadata' in message ? message.usage_metadata : undefined;
  return {
    text,
    usage: usage === undefined ? undefined : usageSchema.safeParse(usage).data,
    metadata: metadataSchema.safeParse(metadata).data,
  };
}
