import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { z } from 'zod';

import type { CitedVerdict, JudgeInput, SentenceJudge } from '../sentence-judge.ts';
import type { CitedQuote } from '../verify/examine-sentence.ts';
import { maxTextLength } from '../verify/limits.ts';
import { defaultChatLimits } from './limits.ts';
import type { ModelGuard } from './model-guard.ts';
import { readModelText } from './model-text.ts';
import { languageNames } from './prompts.ts';
import type { Prompts } from './prompts.ts';
import { clip, neutralise } from './untrusted.ts';

/** What a judge is made of. */
export interface JudgeOptions {
  readonly model: BaseChatModel;
  /** `<provider>:<model>`, for errors. */
  readonly name: string;
  readonly prompts: Prompts;
  /** Longest wait for one verdict, in milliseconds. */
  readonly timeoutMs: number;
  /** Shared by all calls of the model; without it every call is made. */
  readonly guard?: ModelGuard | undefined;
}

/** Most sentences of one answer that the model is asked about; the rules decide on the others. */
export const maxJudgedSentences = 8;

/** Longest time that all verdicts of one answer may take, as a multiple of the wait for one. */
const judgingShare = 1.5;

/** A longer reply, in UTF-16 code units, is an essay and no verdict. */
const maximumReply = 60;

/** Characters of title and headings that are shown beside a quotation. */
const frameCharacters = 300;

const verdictSchema = z.enum(['supported', 'partial', 'unsupported']);
const replySchema = z.union([
  verdictSchema,
  z.strictObject({ verdict: verdictSchema }).transform(({ verdict }) => verdict),
]);

/**
 * Lets a chat model judge sentences on which rules are unsure. Sentence and quotations are material to it: whatever
 * they say, only one of the three words counts as a reply, and who asks leaves out what rules have refuted.
 *
 * @returns a function that starts judging one answer: at most {@link maxJudgedSentences} sentences, each once, until
 * the model fails or the time for them has run out.
 */
export function createJudge(options: JudgeOptions): () => SentenceJudge {
  return () => {
    const known = new Map<string, CitedVerdict | undefined>();
    let timeLeft = options.timeoutMs * judgingShare;
    return async (input) => {
      const user = fill(input, options.prompts);
      const system = options.prompts.judge.text;
      if (known.has(user)) return known.get(user);
      if (known.size >= maxJudgedSentences || timeLeft <= 0) return undefined;
      if (system.length + user.length > defaultChatLimits.promptCharacters) return undefined;
      const started = performance.now();
      try {
        const timeoutMs = Math.ceil(Math.min(options.timeoutMs, timeLeft));
        const call = { ...options, system, user, maximumLength: maximumReply, timeoutMs };
        const { text, whole } = await readModelText({ ...call, signal: input.signal });
        const verdict = whole ? readVerdict(text) : undefined;
        known.set(user, verdict);
        timeLeft -= performance.now() - started;
        return verdict;
      } catch {
        input.signal?.throwIfAborted();
        // A model that fails once is not waited for again: the answer is worth more than its verdicts.
        timeLeft = 0;
        return undefined;
      }
    };
  };
}

/** The verdict in a reply that is one word, bare or as JSON; `undefined` for anything else. */
export function readVerdict(reply: string): CitedVerdict | undefined {
  const bare = reply.trim().replace(/^["'`*_]+|["'`*_.]+$/gu, '');
  return replySchema.safeParse(bare.startsWith('{') ? json(bare) : bare.toLowerCase()).data;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fill({ sentence, cited }: JudgeInput, prompts: Prompts): string {
  return prompts.judgeInput.render({
    sentence: clip(neutralise(sentence), maxTextLength),
    quotations: cited.map(quotation).join('\n'),
  });
}

function quotation({ quote, language, frame }: CitedQuote, index: number): string {
  const title = clip(neutralise(frame.replaceAll('\n', ' / ')), frameCharacters);
  return `${index + 1}. (${languageNames[language]}; ${title}) ${clip(neutralise(quote), maxTextLength)}`;
}
