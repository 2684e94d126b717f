import { z } from 'zod';

import { feedbackReasons } from '../feedback.ts';
import { id, instant } from './parts.ts';

/** What a reader sends about an answer. */
export const feedbackSchema = z
  .object({
    rating: z.enum(['up', 'down']),
    reason: z.enum(feedbackReasons).exactOptional(),
    comment: z
      .string()
      .trim()
      .max(2_000)
      // A lone surrogate can neither be stored nor sent as UTF-8.
      .refine((value) => !/\p{Surrogate}/u.test(value), 'must be well-formed Unicode')
      .exactOptional(),
  })
  .meta({ id: 'Feedback', description: 'What a reader thinks of an answer' });

/** Feedback with the answer that it is about. */
export const storedFeedbackSchema = z
  .object({
    ...feedbackSchema.shape,
    answerId: id,
    question: z.string(),
    text: z.string().describe('The reply, with its markers'),
    givenAt: instant,
  })
  .meta({ id: 'StoredFeedback', description: 'Feedback with the answer that it is about' });
