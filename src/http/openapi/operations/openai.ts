import { z } from 'zod';

import { count } from '../../../domain/schemas/parts.ts';
import { chatCompletion } from '../../openai/chat-completion.ts';
import { modelName, toSeconds } from '../../openai/reply.ts';
import { completedResponse, emptyResponse, responseId } from '../../openai/response-object.ts';
import {
  chatCompletionChunkSchema,
  chatCompletionSchema,
  modelListSchema,
  modelSchema,
  responseSchema,
} from '../../openai/result-schemas.ts';
import { createOpenAiSchemas } from '../../openai/schemas.ts';
import type { RequestLimits } from '../../schemas.ts';
import { examples } from '../examples.ts';
import type { Operation } from '../operation.ts';
import { pathId } from '../parameters.ts';

const toAbsolute = (path: string) => `http://127.0.0.1:3000${path}`;
const { answer, question, readiness } = examples;
const createdAt = toSeconds(answer.receipt.createdAt);

const model = {
  id: modelName,
  object: 'model',
  created: toSeconds(readiness.generation.createdAt),
  owned_by: 'footnote',
};

const response = {
  name: 'Response',
  schema: responseSchema,
  example: completedResponse(emptyResponse({ answerId: answer.id, createdAt }), { answer }, toAbsolute),
};

const shared = { tag: 'Other protocols', failures: 'openai' } as const;
const askingProblems = [400, 404, 406, 413, 415, 502, 503, 504];

const responseEventSchema = z
  .looseObject({ type: z.string(), sequence_number: count })
  .describe('An event of the responses interface; what else it holds depends on its `type`');

/** What OpenAI's clients speak, under `/v1`. */
export function openAiOperations(limits: RequestLimits): Operation[] {
  const requests = createOpenAiSchemas(limits);
  return [
    {
      ...shared,
      id: 'createChatCompletion',
      method: 'post',
      path: '/v1/chat/completions',
      summary: 'Answer the last question of a chat',
      description:
        'As OpenAI’s chat completions. The footnotes are `annotations` of the type `url_citation`; what that type has ' +
        'no members for is in `footnote`. With `stream`, server-sent events that end with `[DONE]`.',
      body: {
        name: 'ChatCompletionRequest',
        schema: requests.chatCompletion,
        example: { model: modelName, messages: [{ role: 'user', content: question }] },
      },
      responses: {
        200: {
          description: 'The reply',
          json: {
            name: 'ChatCompletion',
            schema: chatCompletionSchema,
            example: chatCompletion({ answer }, toAbsolute),
          },
          stream: {
            description: 'With `"stream": true`. The last event is `[DONE]`.',
            event: { name: 'ChatCompletionChunk', schema: chatCompletionChunkSchema },
            example: 'data: [DONE]\n\n',
          },
        },
      },
      problems: askingProblems,
    },
    {
      ...shared,
      id: 'createResponse',
      method: 'post',
      path: '/v1/responses',
      summary: 'Answer a question, in OpenAI’s responses interface',
      description:
        'A question that follows another names that one’s reply as `previous_response_id`. With `stream`, the events of ' +
        'that interface, `response.output_text.annotation.added` for each footnote among them.',
      body: {
        name: 'ResponseRequest',
        schema: requests.response,
        example: { model: modelName, input: question },
      },
      responses: {
        200: {
          description: 'The reply',
          json: response,
          stream: {
            description: 'With `"stream": true`. The name of each event is its `type`.',
            event: { name: 'ResponseEvent', schema: responseEventSchema },
            example: 'event: response.created\ndata: {"type":"response.created","sequence_number":0}\n\n',
          },
        },
      },
      problems: askingProblems,
    },
    {
      ...shared,
      id: 'getResponse',
      method: 'get',
      path: '/v1/responses/{id}',
      summary: 'Read a reply that was given before',
      parameters: [pathId('Id of a reply', responseId(answer.id))],
      responses: { 200: { description: 'The reply', json: response } },
      problems: [404, 406, 503, 504],
    },
    {
      ...shared,
      id: 'listModels',
      method: 'get',
      path: '/v1/models',
      summary: 'List what answers',
      responses: {
        200: {
          description: 'One model: what writes behind it is the operator’s choice',
          json: {
            name: 'ModelList',
            schema: modelListSchema,
            example: { object: 'list', data: [model] },
          },
        },
      },
      problems: [406, 503, 504],
    },
    {
      ...shared,
      id: 'getModel',
      method: 'get',
      path: '/v1/models/{id}',
      summary: 'Read what is known of a model',
      parameters: [pathId('Name of a model', modelName)],
      responses: {
        200: { description: 'The model', json: { name: 'Model', schema: modelSchema, example: model } },
      },
      problems: [404, 406, 503, 504],
    },
  ];
}
