import { conversationInfoSchema, conversationSchema } from '../../../domain/schemas/conversation-schema.ts';
import { newConversationSchema } from '../../schemas-conversations.ts';
import { examples } from '../examples.ts';
import type { Operation } from '../operation.ts';
import { idempotencyKey, pathId } from '../parameters.ts';

const { answer } = examples;
const at = answer.receipt.createdAt;
const info = {
  id: '0b6f2f0e-58a5-4d59-9b7e-6a3f7f5d2c11',
  createdAt: at,
  expiresAt: '2026-02-01T03:04:05.678Z',
};
const turns = [
  { role: 'user', content: answer.question, answerId: answer.id, at },
  { role: 'assistant', content: answer.text, answerId: answer.id, at },
];
const conversationId = pathId('Id of a conversation', info.id);

/** `/api/conversations…`. */
export const conversationOperations: readonly Operation[] = [
  {
    id: 'createConversation',
    method: 'post',
    path: '/api/conversations',
    tag: 'Conversations',
    summary: 'Begin a conversation',
    description:
      'Send its `id` as `conversationId` with each question: what was said before is then known, and need not be sent. ' +
      'Whoever knows the id can read the conversation.',
    parameters: [idempotencyKey],
    body: { name: 'NewConversation', schema: newConversationSchema, example: {}, isOptional: true },
    responses: {
      201: {
        description: 'It is begun',
        headers: { Location: 'Where it is, relative to this address' },
        json: { name: 'ConversationInfo', schema: conversationInfoSchema, example: info },
      },
    },
    problems: [400, 404, 406, 409, 413, 415, 422, 503, 504],
  },
  {
    id: 'getConversation',
    method: 'get',
    path: '/api/conversations/{id}',
    tag: 'Conversations',
    summary: 'Read a conversation',
    parameters: [conversationId],
    responses: {
      200: {
        description: 'What was said',
        json: { name: 'Conversation', schema: conversationSchema, example: { ...info, turns } },
      },
    },
    problems: [404, 406, 503, 504],
  },
  {
    id: 'deleteConversation',
    method: 'delete',
    path: '/api/conversations/{id}',
    tag: 'Conversations',
    summary: 'Delete a conversation',
    description: 'Its answers stay where they are: each has an id of its own.',
    parameters: [conversationId],
    responses: { 204: { description: 'It is deleted' } },
    problems: [404, 503, 504],
  },
];
