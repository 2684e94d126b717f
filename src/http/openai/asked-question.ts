import { z } from 'zod';

import { createRequestSchemas, type RequestLimits, turnLength } from '../../conversation/request-schemas.ts';
import type { AnswerRequest } from '../../domain/answer.ts';
import type { Turn } from '../../domain/conversation.ts';
import { FootnoteError } from '../../domain/errors.ts';
import type { ChatCompletionRequest, OpenAiTurn } from './schemas.ts';

/** What was asked, in either interface. */
export interface Asked {
  readonly turns: readonly OpenAiTurn[];
  /** Turns that came before all of `turns`. */
  readonly earlier?: readonly Turn[];
  readonly footnote?: ChatCompletionRequest['footnote'] | undefined;
  /** The member of the request that holds the turns, for messages about what is wrong with it. */
  readonly param: 'messages' | 'input';
}

/** Turns what was asked into a question for the assistant. @throws ZodError, FootnoteError `invalid-request` */
export function createQuestionReader(limits: RequestLimits): (asked: Asked) => AnswerRequest {
  const { answer } = createRequestSchemas(limits);
  return ({ turns, earlier = [], footnote = {}, param }) => {
    const last = turns.findLastIndex(({ role }) => role === 'user');
    const question = turns[last];
    if (!question) {
      throw new FootnoteError('invalid-request', `No turn of ${param} is the user’s, so nothing is asked.`);
    }
    const all = [...earlier, ...turns.slice(0, last)].flatMap(toTurn);
    // A chat sends all that was ever said in it; older turns than the limit are not looked at.
    const history = all.slice(Math.max(0, all.length - limits.historyTurns));
    const parsed = answer.safeParse({
      ...footnote,
      question: textOf(question),
      ...(history.length > 0 && { history }),
    });
    if (parsed.success) return parsed.data;
    throw new z.ZodError(
      parsed.error.issues.map((issue) => ({ ...issue, path: [placeOf(issue.path[0], param)] })),
    );
  };
}

function placeOf(member: PropertyKey | undefined, param: string): string {
  return member === 'question' || member === 'history' ? param : 'footnote';
}

function toTurn(turn: OpenAiTurn): Turn[] {
  if (turn.role !== 'user' && turn.role !== 'assistant') return [];
  const content = textOf(turn).slice(0, turnLength).toWellFormed();
  return content.trim() === '' ? [] : [{ role: turn.role, content }];
}

function textOf({ content }: OpenAiTurn): string {
  if (typeof content === 'string') return content;
  return (content ?? []).flatMap(({ text }) => (text === undefined ? [] : [text])).join('\n');
}
