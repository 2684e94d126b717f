import { OpenAIEmbeddings } from '@langchain/openai';
import { z } from 'zod';

import { errorMessage, FootnoteError } from '../domain/errors.ts';
import type { EmbedTexts } from './assemble-embedding-model.ts';
import { batchesByLength } from './batches.ts';
import type { OptionsOf } from './embedding-model-options.ts';
import { runBatches, type RunBatch } from './run-batches.ts';
import { unitVector } from './unit-vector.ts';

/** Far below the 2,048 texts and 300,000 tokens of a request that OpenAI takes. */
const batchLimits = { texts: 64, characters: 60_000 };
const concurrentRequests = 2;
const requestMilliseconds = 60_000;

/** OpenAI reads 8,191 tokens of a text and refuses more; two code units a token is dense text. */
const longestText = 16_000;

const answerSchema = z.array(z.array(z.number()).min(1));

/**
 * Embeds through an OpenAI-compatible `/embeddings` endpoint. Rate limits and server errors are retried.
 *
 * @param retries - further attempts after a failed one, with growing pauses from about 1.5 seconds.
 * @throws FootnoteError `configuration` when there is neither an API key nor a base URL. The function returned
 * throws `model-failed` with the endpoint's status when it does not answer with vectors.
 */
export function createOpenAIEmbedder(options: OptionsOf<'openai'>, retries = 2): EmbedTexts {
  const { model, baseUrl } = options;
  if (options.apiKey === undefined && baseUrl === undefined) {
    throw new FootnoteError('configuration', `EMBEDDINGS=openai:${model} needs an API key.`, {
      remedy: 'Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own.',
    });
  }
  // Servers of one's own often want no key; the client insists on one.
  const apiKey = options.apiKey ?? 'none';

  const run: RunBatch = async (texts, signal) => {
    // The client's methods take no signal, so each batch has a client whose requests carry it.
    const client = new OpenAIEmbeddings({
      model,
      apiKey,
      maxRetries: retries,
      onFailedAttempt: (error: unknown) => {
        if (signal?.aborted === true || !worthRetrying(error)) throw error;
      },
      timeout: requestMilliseconds,
      batchSize: texts.length,
      stripNewLines: false,
      // The client's own default asks for base64 and then misreads servers that answer with numbers all the same.
      encodingFormat: 'float',
      configuration: {
        ...(baseUrl !== undefined && { baseURL: baseUrl }),
        fetch: (url, init) =>
          fetch(url, { ...init, ...(signal && { signal: joined(signal, init?.signal) }) }),
      },
    });
    try {
      const answer = answerSchema.parse(await client.embedDocuments([...texts]));
      if (answer.length !== texts.length) throw new TypeError('wrong number of vectors');
      return answer.map(unitVector);
    } catch (cause) {
      throw modelFailed(`openai:${model}`, cause);
    }
  };

  return (texts, callOptions) => {
    // The endpoint refuses an empty text.
    const readable = texts.map((text) => text.slice(0, longestText) || ' ');
    return runBatches(readable, batchesByLength(readable, batchLimits), concurrentRequests, run, callOptions);
  };
}

function joined(signal: AbortSignal, other: AbortSignal | null | undefined): AbortSignal {
  return other ? AbortSignal.any([signal, other]) : signal;
}

const endpointError = z.object({ status: z.number(), code: z.string().nullish() });

function worthRetrying(error: unknown): boolean {
  const { status, code } = endpointError.safeParse(error).data ?? {};
  // Without a status the connection failed, unless the answer was not JSON.
  if (status === undefined) return !(error instanceof SyntaxError);
  return status === 408 || (status === 429 && code !== 'insufficient_quota') || status >= 500;
}

function modelFailed(id: string, cause: unknown): FootnoteError {
  const status = endpointError.safeParse(cause).data?.status;
  const message = errorMessage(cause).slice(0, 300);
  if (status !== undefined) {
    const what = `The embedding model ${id} answered with status ${status}: ${message}`;
    return new FootnoteError('model-failed', what, { cause, ...remedyFor(status) });
  }
  const misshapen = cause instanceof TypeError || cause instanceof SyntaxError || cause instanceof z.ZodError;
  const what = misshapen ? 'its answer is not a list of vectors, one for each text' : message;
  return new FootnoteError('model-failed', `The embedding model ${id} failed: ${what}.`, { cause });
}

function remedyFor(status: number): { remedy?: string } {
  if (status === 401 || status === 403) return { remedy: 'Check OPENAI_API_KEY.' };
  if (status === 404) return { remedy: 'Check the model in EMBEDDINGS and OPENAI_BASE_URL.' };
  return {};
}
