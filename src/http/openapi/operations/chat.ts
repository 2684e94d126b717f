import { z } from 'zod';

import type { RequestLimits } from '../../schemas.ts';
import { createChatSchema } from '../../ui-stream/chat-request.ts';
import { examples } from '../examples.ts';
import type { Operation } from '../operation.ts';
import { pathId } from '../parameters.ts';

const chunkSchema = z
  .looseObject({ type: z.string() })
  .describe('A chunk of a UI message stream; what else it holds depends on its `type`');

/** What the AI SDK's chat clients speak. */
export function chatOperations(limits: RequestLimits): Operation[] {
  return [
    {
      id: 'chat',
      method: 'post',
      path: '/api/chat',
      tag: 'Other protocols',
      summary: 'Answer the last message of a chat, for the AI SDK',
      description:
        'A UI message stream of version 1 of Vercel’s AI SDK: the reply as one text part, its articles as `source-url` ' +
        'or `source-document` parts, and `data-citation`, `data-sentence` and `data-answer` parts with what those have ' +
        'no members for.',
      body: {
        name: 'ChatRequest',
        schema: createChatSchema(limits),
        example: { messages: [{ role: 'user', parts: [{ type: 'text', text: examples.question }] }] },
      },
      responses: {
        200: {
          description: 'The reply',
          headers: { 'x-vercel-ai-ui-message-stream': 'The version of the protocol: `v1`' },
          stream: {
            description: 'Server-sent events without names; the last is `[DONE]`.',
            event: { name: 'ChatChunk', schema: chunkSchema },
            example: 'data: {"type":"start","messageId":"…"}\n\n',
          },
        },
      },
      problems: [400, 406, 413, 415, 502, 503, 504],
    },
    {
      id: 'resumeChat',
      method: 'get',
      path: '/api/chat/{id}/stream',
      tag: 'Other protocols',
      summary: 'Is there a stream to resume? There never is',
      parameters: [pathId('Id of a chat', 'chat-1')],
      responses: { 204: { description: 'An answer ends with its request' } },
      problems: [],
    },
  ];
}
