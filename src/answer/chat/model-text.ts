import type { BaseChatModel } from '@langchain/core/language_models/chat_models';

import { defaultChatLimits } from './limits.ts';
import type { ModelGuard } from './model-guard.ts';
import { streamModel } from './model-stream.ts';
import { extractPointers } from './pointers.ts';

/** A call for a short text that is of use as a whole only. */
export interface ShortCall {
  readonly model: BaseChatModel;
  /** `<provider>:<model>`, for errors. */
  readonly name: string;
  readonly system: string;
  readonly user: string;
  /** A longer reply, in UTF-16 code units, is taken for something else and read no further. */
  readonly maximumLength: number;
  /** Longest wait for the whole reply, in milliseconds. */
  readonly timeoutMs: number;
  /** Shared by all calls of the model; without it every call is made. */
  readonly guard?: ModelGuard | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The reply to a short call, trimmed. `whole` is false when it was cut off, by the model or by `maximumLength`.
 *
 * @throws FootnoteError `model-failed` or `timeout`; the reason of the signal when that is aborted.
 */
export async function readModelText(call: ShortCall): Promise<{ text: string; whole: boolean }> {
  const { timeoutMs, maximumLength } = call;
  const limits = {
    outputCharacters: defaultChatLimits.outputCharacters,
    timeoutMs,
    firstTokenTimeoutMs: timeoutMs,
    stallTimeoutMs: timeoutMs,
  };
  let text = '';
  let whole = true;
  for await (const output of streamModel({ ...call, limits })) {
    if (output.type === 'text') text += output.text;
    else whole = !output.truncated;
    if (text.trim().length > maximumLength)
      return { text: text.trim().slice(0, maximumLength), whole: false };
  }
  return { text: text.trim(), whole };
}

/** A line of a model's reply as plain text: without pointers, control characters, quotation marks or emphasis. */
export function plainLine(line: string): string {
  return extractPointers(line)
    .pieces.join('')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/^["'“”‘’*_`\s]+|["'“”‘’*_`\s]+$/gu, '')
    .normalize('NFC');
}

/**
 * Asks for a question on one line.
 *
 * @returns `undefined` when the reply is something else: cut off, too long, of several lines, or without a word.
 * @throws as {@link readModelText} does.
 */
export async function readQuestion(call: ShortCall): Promise<string | undefined> {
  const reply = await readModelText(call);
  if (!reply.whole || /[\n\r]/u.test(reply.text) || /NO_ANSWER/u.test(reply.text)) return undefined;
  const question = plainLine(reply.text);
  return /\p{L}{2}/u.test(question) ? question : undefined;
}
