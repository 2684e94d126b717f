import { z } from 'zod';

import { createRequestSchemas, type RequestLimits } from '../../conversation/request-schemas.ts';

/** Messages, parts and items that are looked at; their size is bounded by that of the body. */
const mostMessages = 1_000;

const ignored = z.unknown().describe('Accepted and ignored').exactOptional();

const textTypes: ReadonlySet<string> = new Set(['text', 'input_text', 'output_text', 'refusal']);

const partSchema = z
  .object({ type: z.string(), text: z.string().exactOptional() })
  .refine(({ type }) => textTypes.has(type), {
    path: ['type'],
    message: 'must be a type of text: images, sound and files are not read',
  })
  .refine(({ type, text }) => !textTypes.has(type) || type === 'refusal' || text !== undefined, {
    path: ['text'],
    message: 'is missing',
  });

const contentSchema = z.union([z.string(), z.array(partSchema).max(mostMessages)], {
  error: 'must be a text or a list of parts',
});

const roles = ['system', 'developer', 'user', 'assistant', 'tool', 'function'] as const;

const messageSchema = z.object({ role: z.enum(roles), content: contentSchema.nullish() }).meta({
  id: 'OpenAiMessage',
  description:
    'A turn of the conversation. The last one of the user is the question; those of the user and the assistant before ' +
    'it are its history. Others are not read: what they instruct changes no answer.',
});

const itemSchema = z
  .object({
    type: z.string().exactOptional(),
    role: z.enum(roles).exactOptional(),
    content: contentSchema.nullish(),
  })
  .refine(({ type, role }) => role !== undefined || (type !== undefined && type !== 'message'), {
    path: ['role'],
    message: 'is missing',
  })
  .meta({
    id: 'OpenAiInputItem',
    description: 'A message as in chat completions. Items of other types than `message` are not read.',
  });

/** A turn as both interfaces write it. */
export type OpenAiTurn = z.infer<typeof itemSchema>;

/** The requests of both interfaces. Parameters that are not named here are ignored. */
export function createOpenAiSchemas(limits: RequestLimits) {
  const { filters, topK, language, strict, now } = createRequestSchemas(limits).answer.shape;
  const footnote = z
    .object({ filters, topK, language, strict, now })
    .meta({
      id: 'FootnoteOptions',
      description: 'Footnote’s own options: the members of that name of `POST /api/answers`.',
    })
    .exactOptional();
  const common = {
    model: z.string().min(1).describe('One of `GET /v1/models`'),
    stream: z.boolean().nullish().describe('Answers as server-sent events'),
    temperature: ignored,
    footnote,
  };
  return {
    chatCompletion: z
      .object({
        ...common,
        messages: z.array(messageSchema).min(1).max(mostMessages),
        stream_options: z
          .object({ include_usage: z.boolean().nullish() })
          .nullish()
          .describe('Whether a stream ends with a chunk that holds the usage'),
        max_tokens: ignored,
        max_completion_tokens: ignored,
      })
      .meta({ id: 'ChatCompletionRequest', description: 'A question to chat completions' }),
    response: z
      .object({
        ...common,
        input: z.union([z.string(), z.array(itemSchema).min(1).max(mostMessages)], {
          error: 'must be a text, or a list of messages whose roles are user, assistant, system or developer',
        }),
        previous_response_id: z
          .string()
          .min(1)
          .max(200)
          .nullish()
          .describe('The id of an answer given before, which this question follows up'),
        instructions: ignored,
        max_output_tokens: ignored,
      })
      .meta({ id: 'OpenAiResponseRequest', description: 'A question to the responses interface' }),
  };
}

/** A request to chat completions as parsed. */
export type ChatCompletionRequest = z.infer<ReturnType<typeof createOpenAiSchemas>['chatCompletion']>;
