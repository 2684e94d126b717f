import type { z } from 'zod';

import type { AnswerEvent } from '../../domain/answer-event.ts';
import type { Answer, Usage } from '../../domain/answer.ts';
import { allAnnotations, type ToAbsolute } from './annotations.ts';
import { answerNote, modelName, type Reply, toSeconds } from './reply.ts';
import type {
  chatAnnotationSchema,
  chatCompletionChunkSchema,
  chatCompletionSchema,
} from './result-schemas.ts';

type ChatAnnotation = z.infer<typeof chatAnnotationSchema>;
type ChatCompletion = z.infer<typeof chatCompletionSchema>;
export type ChatCompletionChunk = z.infer<typeof chatCompletionChunkSchema>;
type Delta = NonNullable<ChatCompletionChunk['choices'][number]>['delta'];

/** A finished reply as chat completions give it. */
export function chatCompletion({ answer, usage }: Reply, toAbsolute: ToAbsolute): ChatCompletion {
  return {
    id: completionId(answer.id),
    object: 'chat.completion',
    created: toSeconds(answer.receipt.createdAt),
    model: modelName,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: answer.text,
          refusal: null,
          annotations: chatAnnotations(answer, toAbsolute),
        },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: completionUsage(usage),
    footnote: answerNote(answer),
  };
}

/** Tells the events of one answer as chunks of a streamed chat completion. */
export function createChatCompletionChunks(options: {
  readonly toAbsolute: ToAbsolute;
  readonly includeUsage: boolean;
}): (event: AnswerEvent) => ChatCompletionChunk[] {
  const { toAbsolute, includeUsage } = options;
  const created = toSeconds(new Date());
  let id = '';
  const bare = (choices: ChatCompletionChunk['choices']): ChatCompletionChunk => ({
    id,
    object: 'chat.completion.chunk',
    created,
    model: modelName,
    choices,
    ...(includeUsage && { usage: null }),
  });
  const chunk = (delta: Delta, finishReason: 'stop' | null = null) =>
    bare([{ index: 0, delta, logprobs: null, finish_reason: finishReason }]);

  return (event) => {
    switch (event.type) {
      case 'answer-start':
        id = completionId(event.id);
        return [chunk({ role: 'assistant', content: '', refusal: null })];
      case 'text-delta':
        return [chunk({ content: event.delta })];
      case 'answer-end':
        return [
          chunk({ annotations: chatAnnotations(event.answer, toAbsolute) }),
          { ...chunk({}, 'stop'), footnote: answerNote(event.answer) },
          ...(includeUsage ? [{ ...bare([]), usage: completionUsage(event.usage) }] : []),
        ];
      case 'evidence':
      case 'citation':
      case 'sentence-verdict':
      case 'error':
        return [];
    }
  };
}

function completionId(answerId: string): string {
  return `chatcmpl-${answerId}`;
}

function chatAnnotations(answer: Answer, toAbsolute: ToAbsolute): ChatAnnotation[] {
  return allAnnotations(answer, toAbsolute).map(({ type, footnote, ...place }) => ({
    type,
    url_citation: place,
    footnote,
  }));
}

function completionUsage({ inputTokens, outputTokens }: Usage = { inputTokens: 0, outputTokens: 0 }) {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
  };
}
