import { z } from 'zod';

/** The body of `POST /api/conversations`, which may be left out. */
export const newConversationSchema = z
  .object({})
  .meta({ id: 'NewConversation', description: 'Nothing needs to be said; members are ignored' });
