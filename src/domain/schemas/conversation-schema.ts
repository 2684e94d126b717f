import { z } from 'zod';

import { id, instant } from './parts.ts';

const info = {
  id,
  createdAt: instant,
  expiresAt: instant.describe('When it is removed; each answer in it moves that'),
};

/** A new conversation. */
export const conversationInfoSchema = z
  .object(info)
  .meta({ id: 'ConversationInfo', description: 'A conversation that the server stores' });

/** A conversation with its turns. */
export const conversationSchema = z
  .object({
    ...info,
    turns: z
      .array(
        z.object({
          role: z.enum(['user', 'assistant']),
          content: z.string(),
          answerId: id.describe('The answer that the turn is, or that it led to'),
          at: instant,
        }),
      )
      .describe('Oldest first; of a very long conversation, only the latest'),
  })
  .meta({ id: 'Conversation', description: 'A stored conversation with what was said in it' });
