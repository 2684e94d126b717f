import type { z } from 'zod';

import type { Answer } from '../domain/answer.ts';
import type { Article } from '../domain/article.ts';
import type { Feedback } from '../domain/feedback.ts';
import { answerSchema as answer } from '../domain/schemas/answer-schema.ts';
import { articleSchema as article } from '../domain/schemas/article-schema.ts';
import { feedbackSchema as feedback } from '../domain/schemas/feedback-schema.ts';
import { keepMembers } from '../domain/schemas/keep-members.ts';

/** An answer as JSON: that of this server, or of a file that somebody brings. */
export const answerSchema: z.ZodType<Answer> = keepMembers(answer);

/** An article version as stored. */
export const articleSchema: z.ZodType<Article> = keepMembers(article);

/** What a reader sends about an answer. */
export const feedbackSchema: z.ZodType<Feedback> = feedback;
