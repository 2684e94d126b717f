import { Router } from 'express';

import { scoped } from '../call-scope.ts';
import { mustAccept, onlyMethods } from '../responses.ts';
import { absoluteFor } from './annotations.ts';
import { createQuestionReader } from './asked-question.ts';
import { chatCompletion, type ChatCompletionChunk, createChatCompletionChunks } from './chat-completion.ts';
import type { OpenAiError } from './errors.ts';
import { isModel, sendUnknownModel } from './model-routes.ts';
import type { OpenAiRoutesOptions } from './routes.ts';
import { replyAtOnce, streamReply } from './run-answer.ts';
import { createOpenAiSchemas } from './schemas.ts';

/** `POST /v1/chat/completions`: the reply as one object, or as a stream of chunks. */
export function createChatCompletionRoutes(options: OpenAiRoutesOptions): Router {
  const { limits, readBody, basePath } = options;
  const schema = createOpenAiSchemas(limits).chatCompletion;
  const readQuestion = createQuestionReader(limits);
  const router = Router();
  router
    .route('/v1/chat/completions')
    .post(
      mustAccept('application/json', 'text/event-stream'),
      readBody,
      scoped(limits.answerTimeoutMs, async (request, response, scope) => {
        const body = schema.parse(request.body);
        if (!isModel(body.model)) return sendUnknownModel(response, body.model);
        const { messages, footnote } = body;
        const question = readQuestion({ turns: messages, footnote, param: 'messages' });
        const call = { question, request, response, scope };
        const toAbsolute = absoluteFor(request, basePath);
        if (body.stream === true) {
          const includeUsage = body.stream_options?.include_usage === true;
          return streamReply<ChatCompletionChunk | OpenAiError>(options, call, {
            of: createChatCompletionChunks({ toAbsolute, includeUsage }),
            failure: (error) => error,
            nameOf: () => 'chunk',
            named: false,
            closing: '[DONE]',
          });
        }
        const reply = await replyAtOnce(options, call);
        if (reply) response.set('cache-control', 'no-store').json(chatCompletion(reply, toAbsolute));
      }),
    )
    .all(onlyMethods('POST'));
  return router;
}
