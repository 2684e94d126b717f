import { describe, expect, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';

import type { AnswerCheck } from '../../src/domain/answer-check.ts';
import type { AnswerEvent } from '../../src/domain/answer-event.ts';
import type {
  Answer,
  AnswerEvidence,
  AnswerSentence,
  NearestArticle,
  Receipt,
} from '../../src/domain/answer.ts';
import type { Article, ArticleSummary, IndexStatistics } from '../../src/domain/article.ts';
import type { Citation } from '../../src/domain/citation.ts';
import type { Conversation, ConversationInfo } from '../../src/domain/conversation.ts';
import type { Feedback, StoredFeedback } from '../../src/domain/feedback.ts';
import type { GenerationInfo, StoredPassage } from '../../src/domain/ports.ts';
import type { Problem } from '../../src/domain/problem.ts';
import type { answerCheckSchema } from '../../src/domain/schemas/answer-check-schema.ts';
import type { answerEventSchema, problemSchema } from '../../src/domain/schemas/answer-event-schema.ts';
import {
  type answerEvidenceSchema,
  answerSchema,
  type answerSentenceSchema,
  type nearestSchema,
  type receiptSchema,
} from '../../src/domain/schemas/answer-schema.ts';
import type {
  articleSchema,
  articleSummarySchema,
  storedPassageSchema,
} from '../../src/domain/schemas/article-schema.ts';
import type { citationSchema } from '../../src/domain/schemas/citation-schema.ts';
import type {
  conversationInfoSchema,
  conversationSchema,
} from '../../src/domain/schemas/conversation-schema.ts';
import type { feedbackSchema, storedFeedbackSchema } from '../../src/domain/schemas/feedback-schema.ts';
import type { generationSchema } from '../../src/domain/schemas/generation-schema.ts';
import { keepMembers } from '../../src/domain/schemas/keep-members.ts';
import type { statisticsSchema } from '../../src/domain/schemas/statistics-schema.ts';
import { sampleAnswer } from '../http/support/sample-answer.ts';

/** `T` with every member read-only, at any depth: schemas do not say who may write. */
type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Name in keyof T]: Frozen<T[Name]> }
    : T;

/** `T` as the schema `S` infers it. */
type Of<S extends z.ZodType> = Frozen<z.infer<S>>;

// The compiler checks these; running them checks nothing more.
describe('the schemas of what travels', () => {
  it('are the types of the domain, member by member, both ways', () => {
    expectTypeOf<Of<typeof answerSchema>>().toEqualTypeOf<Frozen<Answer>>();
    expectTypeOf<Of<typeof receiptSchema>>().toEqualTypeOf<Frozen<Receipt>>();
    expectTypeOf<Of<typeof answerSentenceSchema>>().toEqualTypeOf<Frozen<AnswerSentence>>();
    expectTypeOf<Of<typeof answerEvidenceSchema>>().toEqualTypeOf<Frozen<AnswerEvidence>>();
    expectTypeOf<Of<typeof nearestSchema>>().toEqualTypeOf<Frozen<NearestArticle>>();
    expectTypeOf<Of<typeof citationSchema>>().toEqualTypeOf<Frozen<Citation>>();
    expectTypeOf<Of<typeof answerEventSchema>>().toEqualTypeOf<Frozen<AnswerEvent>>();
    expectTypeOf<Of<typeof problemSchema>>().toEqualTypeOf<Frozen<Problem>>();
    expectTypeOf<Of<typeof answerCheckSchema>>().toEqualTypeOf<Frozen<AnswerCheck>>();
    expectTypeOf<Of<typeof articleSchema>>().toEqualTypeOf<Frozen<Article>>();
    expectTypeOf<Of<typeof articleSummarySchema>>().toEqualTypeOf<Frozen<ArticleSummary>>();
    expectTypeOf<Of<typeof storedPassageSchema>>().toEqualTypeOf<Frozen<StoredPassage>>();
    expectTypeOf<Of<typeof feedbackSchema>>().toEqualTypeOf<Frozen<Feedback>>();
    expectTypeOf<Of<typeof storedFeedbackSchema>>().toEqualTypeOf<Frozen<StoredFeedback>>();
    expectTypeOf<Of<typeof conversationInfoSchema>>().toEqualTypeOf<Frozen<ConversationInfo>>();
    expectTypeOf<Of<typeof conversationSchema>>().toEqualTypeOf<Frozen<Conversation>>();
    expectTypeOf<Of<typeof statisticsSchema>>().toEqualTypeOf<Frozen<IndexStatistics>>();
    expectTypeOf<Of<typeof generationSchema>>().toEqualTypeOf<Frozen<GenerationInfo>>();
  });

  it('take the answers that are given', () => {
    expect(answerSchema.parse(sampleAnswer())).toEqual(sampleAnswer());
  });
});

describe('keepMembers', () => {
  const kept = keepMembers(answerSchema);

  it('keeps what a later version wrote, at any depth', () => {
    const answer = sampleAnswer();
    const later = { ...answer, mood: 'calm', receipt: { ...answer.receipt, region: 'north' } };
    expect(kept.parse(later)).toBe(later);
  });

  it('refuses what the schema refuses, and says where', () => {
    const answer = sampleAnswer();
    const wrong = { ...answer, receipt: { ...answer.receipt, sha256: 'short' } };
    expect(kept.safeParse(wrong).error?.issues).toMatchObject([{ path: ['receipt', 'sha256'] }]);
    expect(kept.safeParse(undefined).success).toBe(false);
  });
});
