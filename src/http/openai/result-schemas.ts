import { z } from 'zod';

import type { Answer } from '../../domain/answer.ts';
import type { Citation } from '../../domain/citation.ts';
import { answerSchema } from '../../domain/schemas/answer-schema.ts';
import { citationSchema } from '../../domain/schemas/citation-schema.ts';
import { count } from '../../domain/schemas/parts.ts';

const seconds = z.int().describe('Seconds since 1970-01-01T00:00:00Z');

/** What all annotations are: the place of a cited sentence and the page that it is cited from. */
const place = {
  start_index: count.describe('First UTF-16 code unit of the cited sentence, without markers, in the text'),
  end_index: count.describe('UTF-16 code unit after its last'),
  url: z
    .url()
    .describe('The original page with a text fragment; where none is known, the article on this server'),
  title: z.string().describe('Title of the article'),
};

const citation: z.ZodType<Citation> = citationSchema;

const footnote = z
  .object({ citation })
  .meta({ id: 'AnnotationFootnote', description: 'Footnote’s own: the quotation and where it stands' });

/** What Footnote adds to a reply, beside what the interfaces know. */
export type AnswerNote = Pick<
  Answer,
  | 'id'
  | 'language'
  | 'outcome'
  | 'unanswered'
  | 'nearest'
  | 'asOf'
  | 'degraded'
  | 'sentences'
  | 'summary'
  | 'receipt'
>;

export const answerNoteSchema: z.ZodType<AnswerNote> = answerSchema
  .pick({
    id: true,
    language: true,
    outcome: true,
    unanswered: true,
    nearest: true,
    asOf: true,
    degraded: true,
    sentences: true,
    summary: true,
    receipt: true,
  })
  .meta({
    id: 'AnswerNote',
    description: 'Footnote’s own: members of the answer, which is at `GET /api/answers/{id}` under this id',
  });

export const openAiErrorSchema = z
  .object({
    error: z.object({
      message: z.string(),
      type: z
        .string()
        .describe('`invalid_request_error`, `permission_error`, `rate_limit_error`, `server_error`'),
      param: z.string().nullable().describe('The member of the request that is wrong'),
      code: z.string().nullable().describe('The kind of failure'),
    }),
  })
  .meta({ id: 'OpenAiError', description: 'Why a request under `/v1` failed' });

export const modelSchema = z
  .object({
    id: z.string(),
    object: z.literal('model'),
    created: seconds.describe('When the index that answers now was built, in seconds since 1970'),
    owned_by: z.literal('footnote'),
  })
  .meta({ id: 'OpenAiModel', description: 'What answers' });

export const modelListSchema = z
  .object({ object: z.literal('list'), data: z.array(modelSchema) })
  .meta({ id: 'OpenAiModelList', description: 'Everything that answers' });

export const chatAnnotationSchema = z
  .object({ type: z.literal('url_citation'), url_citation: z.object(place), footnote })
  .meta({ id: 'ChatAnnotation', description: 'A footnote of one sentence' });

const completionUsageSchema = z
  .object({ prompt_tokens: count, completion_tokens: count, total_tokens: count })
  .describe('Tokens that the chat model counted; 0 where none is configured');

const completion = {
  id: z.string().describe('`chatcmpl-` and the id of the answer'),
  created: seconds,
  model: z.string(),
};

export const chatCompletionSchema = z
  .object({
    ...completion,
    object: z.literal('chat.completion'),
    choices: z.array(
      z.object({
        index: count,
        message: z.object({
          role: z.literal('assistant'),
          content: z
            .string()
            .describe('The reply; each cited sentence is followed by its markers, such as ` [1]`'),
          refusal: z.null(),
          annotations: z.array(chatAnnotationSchema),
        }),
        logprobs: z.null(),
        finish_reason: z.literal('stop'),
      }),
    ),
    usage: completionUsageSchema,
    footnote: answerNoteSchema,
  })
  .meta({ id: 'ChatCompletion', description: 'A reply' });

export const chatCompletionChunkSchema = z
  .object({
    ...completion,
    object: z.literal('chat.completion.chunk'),
    choices: z.array(
      z.object({
        index: count,
        delta: z.object({
          role: z.literal('assistant').exactOptional(),
          content: z.string().exactOptional(),
          refusal: z.null().exactOptional(),
          annotations: z
            .array(chatAnnotationSchema)
            .describe('All of them, in the last delta')
            .exactOptional(),
        }),
        logprobs: z.null(),
        finish_reason: z.literal('stop').nullable(),
      }),
    ),
    usage: completionUsageSchema.nullable().exactOptional(),
    footnote: answerNoteSchema.describe('In the chunk with the `finish_reason`').exactOptional(),
  })
  .meta({ id: 'ChatCompletionChunk', description: 'A piece of a streamed reply' });

export const responseAnnotationSchema = z
  .object({ type: z.literal('url_citation'), ...place, footnote })
  .meta({ id: 'ResponseAnnotation', description: 'A footnote of one sentence' });

const status = z.enum(['in_progress', 'completed', 'failed']);

const outputTextSchema = z.object({
  type: z.literal('output_text'),
  text: z.string(),
  annotations: z.array(responseAnnotationSchema),
  logprobs: z.array(z.never()),
});

const outputMessageSchema = z.object({
  id: z.string(),
  type: z.literal('message'),
  role: z.literal('assistant'),
  status,
  content: z.array(outputTextSchema),
});

export const responseSchema = z
  .object({
    id: z.string().describe('`resp_` and the id of the answer'),
    object: z.literal('response'),
    created_at: seconds,
    status,
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    incomplete_details: z.null(),
    instructions: z.null(),
    max_output_tokens: z.null(),
    metadata: z.object({}),
    model: z.string(),
    output: z.array(outputMessageSchema),
    parallel_tool_calls: z.literal(false),
    previous_response_id: z.string().nullable(),
    temperature: z.null(),
    text: z.object({ format: z.object({ type: z.literal('text') }) }),
    tool_choice: z.literal('none'),
    tools: z.array(z.never()),
    top_p: z.null(),
    truncation: z.literal('disabled'),
    usage: z
      .object({
        input_tokens: count,
        input_tokens_details: z.object({ cached_tokens: count }),
        output_tokens: count,
        output_tokens_details: z.object({ reasoning_tokens: count }),
        total_tokens: count,
      })
      .nullable()
      .describe('Tokens that the chat model counted, 0 where none is configured; null where it is not known'),
    footnote: answerNoteSchema.exactOptional(),
  })
  .meta({ id: 'OpenAiResponse', description: 'A reply' });
