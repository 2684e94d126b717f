import { answerCheckSchema } from '../../../domain/schemas/answer-check-schema.ts';
import { answerEventSchema } from '../../../domain/schemas/answer-event-schema.ts';
import { answerSchema } from '../../../domain/schemas/answer-schema.ts';
import { feedbackSchema } from '../../../domain/schemas/feedback-schema.ts';
import { suggestionsSchema } from '../../response-schemas.ts';
import { suggestionsQuerySchema } from '../../routes/suggestions.ts';
import type { createRequestSchemas } from '../../schemas.ts';
import { examples } from '../examples.ts';
import type { Operation } from '../operation.ts';
import { idempotencyKey, pathId } from '../parameters.ts';

const answer = { name: 'Answer', schema: answerSchema, example: examples.answer };
const answerId = pathId('Id of an answer that was given before', examples.answer.id);

/** `/api/answers…` and `/api/suggestions`. */
export function answerOperations(requests: ReturnType<typeof createRequestSchemas>): Operation[] {
  return [
    {
      id: 'createAnswer',
      method: 'post',
      path: '/api/answers',
      tag: 'Answers',
      summary: 'Answer a question',
      description:
        'The answer as one JSON object, or, with `Accept: text/event-stream`, sentence by sentence as it comes into ' +
        'being. Both are the same answer: the `text-delta` events joined are its `text`, and `answer-end` carries it ' +
        'whole. A stream that fails ends with an `error` event; before its first event, with a problem.',
      body: { name: 'AnswerRequest', schema: requests.answer, example: examples.answerRequest },
      responses: {
        200: {
          description: 'The answer',
          json: answer,
          stream: {
            description:
              'Server-sent events. The name of each event is the `type` of its data; comments are heartbeats.',
            event: { name: 'AnswerEvent', schema: answerEventSchema },
            example: examples.answerStream,
          },
        },
      },
      parameters: [idempotencyKey],
      problems: [400, 404, 406, 409, 413, 415, 422, 502, 503, 504],
    },
    {
      id: 'getAnswer',
      method: 'get',
      path: '/api/answers/{id}',
      tag: 'Answers',
      summary: 'Read an answer that was given before',
      parameters: [answerId],
      responses: { 200: { description: 'The answer as it was given', json: answer } },
      problems: [404, 406, 503, 504],
    },
    {
      id: 'verifyAnswer',
      method: 'post',
      path: '/api/answers/{id}/verify',
      tag: 'Answers',
      summary: 'Check an answer again',
      description:
        'Looks up each quotation in the stored version of its article and in the one that is indexed now, verifies ' +
        'each sentence against the quotations that stand, and computes the hash again.',
      parameters: [answerId],
      responses: {
        200: {
          description: 'What holds and what does not',
          json: { name: 'AnswerCheck', schema: answerCheckSchema, example: examples.check },
        },
      },
      problems: [404, 406, 503, 504],
    },
    {
      id: 'giveFeedback',
      method: 'post',
      path: '/api/answers/{id}/feedback',
      tag: 'Answers',
      summary: 'Say what you think of an answer',
      parameters: [answerId, idempotencyKey],
      body: { name: 'Feedback', schema: feedbackSchema, example: examples.feedback },
      responses: { 204: { description: 'It is stored' } },
      problems: [400, 404, 409, 413, 415, 422, 503, 504],
    },
    {
      id: 'listSuggestions',
      method: 'get',
      path: '/api/suggestions',
      tag: 'Answers',
      summary: 'Questions that the articles answer',
      queries: [suggestionsQuerySchema],
      responses: {
        200: {
          description: 'Up to six questions',
          headers: { 'Content-Language': 'Language of the questions' },
          json: { name: 'Suggestions', schema: suggestionsSchema, example: examples.suggestions },
        },
      },
      problems: [400, 406, 503, 504],
    },
  ];
}
