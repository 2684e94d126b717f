import { z } from 'zod';

import { createRequestSchemas, type RequestLimits, turnLength } from '../../conversation/request-schemas.ts';
import type { AnswerRequest } from '../../domain/answer.ts';
import type { Turn } from '../../domain/conversation.ts';
import { FootnoteError } from '../../domain/errors.ts';

/** Messages and parts that are looked at; their size is bounded by that of the body. */
const mostMessages = 1_000;
const mostParts = 5_000;

const messageSchema = z.object({
  role: z.enum(['system', 'user', 'assistant']),
  parts: z.array(z.object({ type: z.string(), text: z.string().exactOptional() })).max(mostParts),
});

/**
 * What the AI SDK's `DefaultChatTransport` posts, with the members of an answer request that an application may add with
 * its `body` option. Parts other than text are not read, nor are system messages.
 */
export function createChatSchema(limits: RequestLimits) {
  const { language, filters, topK, now, strict } = createRequestSchemas(limits).answer.shape;
  return z.object({
    messages: z.array(messageSchema).min(1).max(mostMessages),
    trigger: z.enum(['submit-message', 'regenerate-message', 'resume-stream']).exactOptional(),
    language,
    filters,
    topK,
    now,
    strict,
  });
}

/** Turns the body of a chat request into what it asks. @throws ZodError, FootnoteError `invalid-request` */
export function createChatRequestParser(limits: RequestLimits): (body: unknown) => AnswerRequest {
  const schema = createChatSchema(limits);
  const { answer } = createRequestSchemas(limits);
  return (body) => {
    const { messages, trigger: _trigger, ...settings } = schema.parse(body);
    const last = messages.findLastIndex(({ role }) => role === 'user');
    const question = messages[last];
    if (!question)
      throw new FootnoteError('invalid-request', 'No message is the user’s, so nothing is asked.');
    const turns = messages.slice(0, last).flatMap(toTurn);
    // A chat sends all that was ever said in it; older turns than the limit are not looked at.
    const history = turns.slice(Math.max(0, turns.length - limits.historyTurns));
    return answer.parse({
      ...settings,
      question: textOf(question),
      ...(history.length > 0 && { history }),
    });
  };
}

function toTurn({ role, parts }: z.infer<typeof messageSchema>): Turn[] {
  const said = textOf({ parts });
  // The numbers of earlier footnotes mean nothing in the next answer.
  const text = role === 'assistant' ? said.replaceAll(/ (?:\[\d+\])+/gu, '') : said;
  const content = text.slice(0, turnLength).toWellFormed();
  return role === 'system' || content.trim() === '' ? [] : [{ role, content }];
}

function textOf({ parts }: Pick<z.infer<typeof messageSchema>, 'parts'>): string {
  return parts.flatMap(({ type, text }) => (type === 'text' && text !== undefined ? [text] : [])).join('\n');
}
