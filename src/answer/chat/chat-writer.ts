import type { BaseChatModel } from '@langchain/core/language_models/chat_models';

import type { Usage } from '../../domain/answer.ts';
import { FootnoteError } from '../../domain/errors.ts';
import type { Draft, Writer, WriterInput } from '../writer.ts';
import { isNoAnswer, toDraftSentence } from './draft-sentence.ts';
import { historyText } from './history.ts';
import { defaultChatLimits } from './limits.ts';
import type { ChatLimits } from './limits.ts';
import type { ModelGuard } from './model-guard.ts';
import { streamModel } from './model-stream.ts';
import { numberSources } from './numbered-sources.ts';
import { languageNames } from './prompts.ts';
import type { Prompts } from './prompts.ts';
import { createRecitalCheck } from './recitals.ts';
import { createSentenceScanner } from './sentence-scanner.ts';
import type { RawSentence } from './sentence-scanner.ts';
import { clip, neutralise } from './untrusted.ts';

/** What a chat writer is made of. */
export interface ChatWriterOptions {
  readonly model: BaseChatModel;
  /** `<provider>:<model>`. */
  readonly name: string;
  readonly prompts: Prompts;
  /** Those given replace {@link defaultChatLimits}. */
  readonly limits?: Partial<ChatLimits>;
  /** Shared by all calls of the model; without it every call is made. */
  readonly guard?: ModelGuard | undefined;
}

/**
 * A writer that lets a chat model answer from numbered sentences, and turns the numbers that it cites back into
 * the stored sentences while the reply arrives.
 */
export function createChatWriter({ model, name, prompts, limits: given, guard }: ChatWriterOptions): Writer {
  const limits = { ...defaultChatLimits, ...given };

  async function* write(input: WriterInput): AsyncGenerator<Draft, void, undefined> {
    const { system, user, instructions, sentences } = compose(input, prompts, limits);
    if (sentences.length === 0) {
      yield { type: 'abstain' };
      return;
    }
    const scanner = createSentenceScanner();
    const isRecital = createRecitalCheck(instructions);
    let written = 0;
    let withheld = 0;
    let usage: Usage | undefined;
    const call = { model, name, system, user, limits, guard, signal: input.signal };
    for await (const output of streamModel(call)) {
      let raw: RawSentence[];
      if (output.type === 'text') {
        raw = scanner.push(output.text);
      } else {
        raw = scanner.end(output);
        usage = output.usage;
      }
      for (const sentence of raw) {
        if (isNoAnswer(sentence)) {
          if (written > 0) continue;
          yield { type: 'abstain' };
          return;
        }
        const draft = toDraftSentence(sentence, sentences);
        if (draft === undefined) continue;
        if (isRecital(draft.text)) {
          withheld += 1;
          continue;
        }
        written += 1;
        yield draft;
      }
    }
    if (written === 0 && withheld > 0) {
      yield { type: 'abstain' };
      return;
    }
    if (written === 0) {
      throw new FootnoteError('model-failed', `The chat model ${name} ended without a complete sentence.`, {
        remedy: 'Raise CHAT_MAX_TOKENS, or choose another model.',
      });
    }
    if (usage) yield { type: 'usage', usage };
  }

  return { name: 'chat', model: name, promptHash: prompts.hash, write };
}

/** Fills the prompts; the evidence gets the room that everything else leaves. */
function compose(input: WriterInput, prompts: Prompts, limits: ChatLimits) {
  const language = languageNames[input.language];
  const system = prompts.answer.render({ language });
  const slots = {
    language,
    history: historyText(input.history, limits),
    question: clip(neutralise(input.question), limits.questionCharacters),
  };
  const fixed = system.length + prompts.answerInput.render({ ...slots, sources: '' }).length;
  const { text, sentences } = numberSources(input.evidence, limits.promptCharacters - fixed, limits);
  const frame = prompts.answerInput.render({ language, history: '', question: '', sources: '' });
  const user = prompts.answerInput.render({ ...slots, sources: text });
  return { system, user, instructions: `${system}\n${frame}`, sentences };
}
