import type { AnswerEvent } from '../../domain/answer-event.ts';
import type { Answer, AnswerSentence, Usage } from '../../domain/answer.ts';
import type { Citation } from '../../domain/citation.ts';
import { annotationsOf, type ToAbsolute } from './annotations.ts';
import type { OpenAiError } from './errors.ts';
import { toSeconds } from './reply.ts';
import {
  begunMessage,
  completedResponse,
  emptyResponse,
  finishedMessage,
  outputText,
  type ResponseObject,
} from './response-object.ts';

/** An event of a streamed response: its name and its number, and what it tells. */
export type ResponseEvent = { readonly type: string; readonly sequence_number: number } & Readonly<
  Record<string, unknown>
>;

/** The telling side of one streamed response. */
export interface ResponseEvents {
  /** What an event of the answer is in this interface. */
  of(event: AnswerEvent): ResponseEvent[];
  /** The last event of an answer that failed. */
  failure(error: OpenAiError): ResponseEvent;
}

/** Tells the events of one answer as events of a streamed response, each when it comes. */
export function createResponseEvents(options: {
  readonly toAbsolute: ToAbsolute;
  readonly previousId?: string | undefined;
}): ResponseEvents {
  const { toAbsolute, previousId } = options;
  const citations = new Map<number, Citation>();
  let response = emptyResponse({ answerId: '', createdAt: toSeconds(new Date()), previousId });
  let itemId = '';
  let annotationCount = 0;
  let count = 0;
  const told = (type: string, members: Readonly<Record<string, unknown>>): ResponseEvent => {
    const event = { type, sequence_number: count, ...members };
    count += 1;
    return event;
  };
  /** Where the text is: the one part of the one item. */
  const part = () => ({ item_id: itemId, output_index: 0, content_index: 0 });

  function begin(answerId: string): ResponseEvent[] {
    const item = begunMessage(answerId);
    itemId = item.id;
    response = emptyResponse({ answerId, createdAt: response.created_at, previousId });
    return [
      told('response.created', { response }),
      told('response.in_progress', { response }),
      told('response.output_item.added', { output_index: 0, item }),
      told('response.content_part.added', { ...part(), part: outputText('', []) }),
    ];
  }

  function annotate(sentence: AnswerSentence): ResponseEvent[] {
    return annotationsOf(sentence, citations, toAbsolute).map((annotation) => {
      const index = annotationCount;
      annotationCount += 1;
      return told('response.output_text.annotation.added', {
        ...part(),
        annotation_index: index,
        annotation,
      });
    });
  }

  function end(answer: Answer, usage: Usage | undefined): ResponseEvent[] {
    const item = finishedMessage(answer, toAbsolute);
    response = completedResponse(response, { answer, usage }, toAbsolute);
    return [
      told('response.output_text.done', { ...part(), text: answer.text, logprobs: [] }),
      told('response.content_part.done', { ...part(), part: item.content[0] }),
      told('response.output_item.done', { output_index: 0, item }),
      told('response.completed', { response }),
    ];
  }

  return {
    of(event) {
      switch (event.type) {
        case 'answer-start':
          return begin(event.id);
        case 'text-delta':
          return [told('response.output_text.delta', { ...part(), delta: event.delta, logprobs: [] })];
        case 'citation':
          citations.set(event.citation.n, event.citation);
          return [];
        case 'sentence-verdict':
          return annotate(event.sentence);
        case 'answer-end':
          return end(event.answer, event.usage);
        case 'evidence':
        case 'error':
          return [];
      }
    },
    failure({ error }) {
      const failed: ResponseObject = {
        ...response,
        status: 'failed',
        error: { code: error.code ?? 'server_error', message: error.message },
      };
      // Clients that do not read this event throw what stands in `error`, rather than take what came for the whole.
      return told('response.failed', { response: failed, error });
    },
  };
}
