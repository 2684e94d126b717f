import { z } from 'zod';

import { answerEventSchema } from '../../src/domain/schemas/answer-event-schema.ts';
import { answerSchema as answer } from '../../src/domain/schemas/answer-schema.ts';
import { storedPassageSchema } from '../../src/domain/schemas/article-schema.ts';
import { articleWithCopiesSchema } from '../../src/domain/schemas/copy-group-schema.ts';
import { articleListSchema, searchResultsSchema } from '../../src/http/response-schemas.ts';
import { strictly } from './strictly.ts';

// What the server says of its responses, and not a member more. An id that this server made is a UUID.

/** The answer resource as it travels. */
export const answerSchema = strictly(answer.extend({ id: z.uuid() }));

/** The events of a streamed answer as they travel. */
export const eventSchema = strictly(answerEventSchema);

/** An event as a client sees it. */
export type ReceivedEvent = z.infer<typeof eventSchema>;

/** `GET /api/articles/:id`. */
export const articleSchema = strictly(articleWithCopiesSchema);

/** `GET /api/articles`. */
export const articlesSchema = strictly(articleListSchema);

/** `GET /api/passages/:id`. */
export const passageSchema = strictly(storedPassageSchema);

/** `POST /api/search`. */
export const searchSchema = strictly(searchResultsSchema);
