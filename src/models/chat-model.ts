import type { BaseChatModel } from '@langchain/core/language_models/chat_models';

import { errorMessage, FootnoteError } from '../domain/errors.ts';
import { createOpenAiModel } from './chat-model-openai.ts';

/** Which chat model to use, and how. */
export interface ChatModelOptions {
  /** `<provider>:<model>`; the providers are those of LangChain's `initChatModel`. */
  readonly model: string;
  /** 0–2. */
  readonly temperature: number;
  /** Most tokens of a reply. */
  readonly maxTokens: number;
  /** Longest wait for the model's server to begin its response. */
  readonly timeoutMs: number;
  /** For `openai:` models. Other providers' packages read their own environment variables. */
  readonly apiKey?: string;
  /** For `openai:` models: the address of a compatible server, up to and including `/v1`. */
  readonly baseUrl?: string;
  /** How often a request that failed before its first token is made again (default 1). */
  readonly maxRetries?: number;
}

/**
 * The chat model that `options.model` names. Nothing is sent to it yet.
 *
 * @throws FootnoteError `configuration` when the provider is unknown, its package is not installed, or a key is
 * missing.
 */
export async function createChatModel(options: ChatModelOptions): Promise<BaseChatModel> {
  const [provider = '', ...rest] = options.model.split(':');
  const model = rest.join(':');
  if (provider === 'openai' && model !== '') return createOpenAiModel(model, options);
  // LangChain's provider table takes most of a second to load; only those who configure a model shall wait for it.
  const { initChatModel, MODEL_PROVIDER_CONFIG } = await import('langchain/chat_models/universal');
  const providers = new Map(Object.entries(MODEL_PROVIDER_CONFIG));
  const known = providers.get(provider);
  if (known === undefined || model === '') {
    throw new FootnoteError('configuration', `CHAT_MODEL "${options.model}" names no known chat model.`, {
      remedy: `Set CHAT_MODEL to <provider>:<model>, with one of these providers: ${[...providers.keys()].join(', ')}.`,
    });
  }
  try {
    return await initChatModel(model, { modelProvider: provider, ...otherFields(options) });
  } catch (error) {
    throw initError(error, options.model, known.package);
  }
}

/**
 * Settings for the packages of other providers. The key and address in `options` belong to the `openai` provider
 * and are not handed to anybody else.
 */
function otherFields({ temperature, maxTokens, maxRetries = 1 }: ChatModelOptions) {
  // The bound on the reply has three names; a package ignores those that it does not know.
  return { temperature, maxTokens, maxOutputTokens: maxTokens, numPredict: maxTokens, maxRetries };
}

function initError(error: unknown, model: string, packageName: string): FootnoteError {
  const message = errorMessage(error);
  if (/unable to import|cannot find (?:package|module)/iu.test(message)) {
    return new FootnoteError('configuration', `CHAT_MODEL "${model}" needs the package ${packageName}.`, {
      remedy: `npm install ${packageName}`,
      cause: error,
    });
  }
  return new FootnoteError(
    'configuration',
    `The chat model "${model}" cannot be set up: ${message.split('\n', 1)[0]}`,
    { remedy: `See the settings of ${packageName}.`, cause: error },
  );
}
