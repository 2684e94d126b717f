import type { z } from 'zod';

import type { Answer, Usage } from '../../domain/answer.ts';
import { allAnnotations, type Annotation, type ToAbsolute } from './annotations.ts';
import { answerNote, modelName, type Reply, toSeconds } from './reply.ts';
import type { responseSchema } from './result-schemas.ts';

/** A reply of the responses interface, finished or not. */
export type ResponseObject = z.infer<typeof responseSchema>;
export type OutputMessage = ResponseObject['output'][number];
type OutputText = OutputMessage['content'][number];

/** How the answer with this id is called in the responses interface. */
export function responseId(answerId: string): string {
  return `resp_${answerId}`;
}

/** The id of the answer behind a response. */
export function answerIdOf(id: string): string {
  return id.replace(/^resp_/u, '');
}

/** A response that holds nothing yet. */
export function emptyResponse(options: {
  readonly answerId: string;
  readonly createdAt: number;
  readonly previousId?: string | undefined;
}): ResponseObject {
  const { answerId, createdAt, previousId = null } = options;
  return {
    id: responseId(answerId),
    object: 'response',
    created_at: createdAt,
    status: 'in_progress',
    error: null,
    incomplete_details: null,
    instructions: null,
    max_output_tokens: null,
    metadata: {},
    model: modelName,
    output: [],
    parallel_tool_calls: false,
    previous_response_id: previousId,
    temperature: null,
    text: { format: { type: 'text' } },
    tool_choice: 'none',
    tools: [],
    top_p: null,
    truncation: 'disabled',
    usage: null,
  };
}

/** `response` with all that a finished answer holds. */
export function completedResponse(
  response: ResponseObject,
  { answer, usage }: Reply,
  toAbsolute: ToAbsolute,
): ResponseObject {
  return {
    ...response,
    status: 'completed',
    output: [finishedMessage(answer, toAbsolute)],
    usage: responseUsage(usage),
    footnote: answerNote(answer),
  };
}

/** A finished answer as a response; what its chat model counted is not stored with it. */
export function storedResponse(answer: Answer, toAbsolute: ToAbsolute): ResponseObject {
  const empty = emptyResponse({ answerId: answer.id, createdAt: toSeconds(answer.receipt.createdAt) });
  return { ...completedResponse(empty, { answer }, toAbsolute), usage: null };
}

/** The message of an answer that begins. */
export function begunMessage(answerId: string): OutputMessage {
  return { id: `msg_${answerId}`, type: 'message', role: 'assistant', status: 'in_progress', content: [] };
}

/** The message of a finished answer. */
export function finishedMessage(answer: Answer, toAbsolute: ToAbsolute): OutputMessage {
  const content = [outputText(answer.text, allAnnotations(answer, toAbsolute))];
  return { ...begunMessage(answer.id), status: 'completed', content };
}

/** The part of a message that holds text. */
export function outputText(text: string, annotations: Annotation[]): OutputText {
  return { type: 'output_text', text, annotations, logprobs: [] };
}

function responseUsage({ inputTokens, outputTokens }: Usage = { inputTokens: 0, outputTokens: 0 }) {
  return {
    input_tokens: inputTokens,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: outputTokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: inputTokens + outputTokens,
  };
}
