import type { BaseChatModel } from '@langchain/core/language_models/chat_models';

import { FootnoteError } from '../domain/errors.ts';
import { boundedFetch } from './bounded-fetch.ts';
import type { ChatModelOptions } from './chat-model.ts';

const officialUrl = 'https://api.openai.com/v1';

/**
 * The client for OpenAI, or for the compatible server at `options.baseUrl`, which speaks Chat Completions only: there,
 * LangChain's choice of the Responses API for some names of models would find nobody.
 *
 * @throws FootnoteError as {@link openAiFields} does.
 */
export async function createOpenAiModel(
  model: string,
  options: Omit<ChatModelOptions, 'model'>,
): Promise<BaseChatModel> {
  const fields = openAiFields(model, options);
  const { ChatOpenAI, ChatOpenAICompletions } = await import('@langchain/openai');
  return options.baseUrl === undefined ? new ChatOpenAI(fields) : new ChatOpenAICompletions(fields);
}

/**
 * Fields for LangChain's `ChatOpenAI`. Everything that the client would otherwise look up in the environment is
 * given, so that the settings of {@link ChatModelOptions} alone decide where questions and articles are sent.
 *
 * @param model - the model's name without its provider.
 * @throws FootnoteError `configuration` without a key for OpenAI itself.
 */
export function openAiFields(
  model: string,
  { temperature, maxTokens, timeoutMs, apiKey, baseUrl, maxRetries = 1 }: Omit<ChatModelOptions, 'model'>,
) {
  if (apiKey === undefined && baseUrl === undefined) {
    throw new FootnoteError('configuration', `CHAT_MODEL "openai:${model}" needs OPENAI_API_KEY.`, {
      remedy: 'Set OPENAI_API_KEY, or OPENAI_BASE_URL for a compatible server such as Ollama or vLLM.',
    });
  }
  return {
    model,
    maxTokens,
    // LangChain's own tries would multiply with those of the client.
    maxRetries: 0,
    timeout: timeoutMs,
    streamUsage: true,
    // The client insists on a key; local servers ignore it.
    apiKey: apiKey ?? 'none',
    // OpenAI's reasoning models take no other temperature than their own.
    ...(!(baseUrl === undefined && isReasoningModel(model)) && { temperature }),
    configuration: {
      baseURL: baseUrl ?? officialUrl,
      organization: null,
      project: null,
      adminAPIKey: null,
      // The client would print the contents of a broken stream.
      logLevel: 'off' as const,
      maxRetries,
      fetch: boundedFetch,
    },
  };
}

/** By the names that OpenAI documents: the o series and GPT-5, without its chat variants. */
function isReasoningModel(model: string): boolean {
  return /^(?:o\d|gpt-5(?!.*chat))/u.test(model);
}
