import { countModelUse, type ModelUse } from '../../answer/model-use.ts';
import type { AnswerEvent } from '../../domain/answer-event.ts';
import type { OnStage } from '../../domain/answer-stage.ts';
import type { Answer, AnswerRequest } from '../../domain/answer.ts';
import type { Assistant, CallOptions } from '../../domain/assistant.ts';
import { currentRequest, now, type Observer, type StageRun, type WatchedAnswer } from './watched.ts';

type Answering = Pick<Assistant, 'answer' | 'ask'>;

/** `assistant`, whose answers the observers are told of, whichever interface asks for them. */
export function watchAssistant<T extends Answering>(assistant: T, observers: readonly Observer[]): T {
  if (observers.length === 0) return assistant;
  const begin = (request: AnswerRequest) => watchAnswer(request, observers);

  async function* answer(request: AnswerRequest, options: CallOptions = {}): AsyncGenerator<AnswerEvent> {
    const watch = begin(request);
    try {
      const events = assistant.answer(request, { ...options, onStage: watch.onStage });
      for await (const event of counted(events, watch.model)) {
        watch.tell(event);
        const sentAt = now();
        yield event;
        watch.waited(now() - sentAt);
      }
    } catch (error) {
      if (options.signal?.aborted !== true) watch.fail();
      throw error;
    } finally {
      watch.close();
    }
  }

  async function ask(request: AnswerRequest, options: CallOptions = {}): Promise<Answer> {
    const watch = begin(request);
    try {
      const given = await countModelUse(watch.model, () =>
        assistant.ask(request, { ...options, onStage: watch.onStage }),
      );
      watch.end(given);
      return given;
    } catch (error) {
      if (options.signal?.aborted !== true) watch.fail();
      throw error;
    } finally {
      watch.close();
    }
  }

  return { ...assistant, answer, ask };
}

/** `source`, each of whose steps counts what it asks of chat models: a generator runs where it is asked to go on. */
async function* counted<T>(source: AsyncIterable<T>, use: ModelUse): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const step = await countModelUse(use, () => iterator.next());
      if (step.done === true) return;
      yield step.value;
    }
  } finally {
    await countModelUse(use, () => iterator.return?.());
  }
}

function watchAnswer({ question, language }: AnswerRequest, observers: readonly Observer[]) {
  const stages: StageRun[] = [];
  const model = { calls: 0, failedCalls: 0, inputTokens: 0, outputTokens: 0 };
  const watched: { -readonly [Key in keyof WatchedAnswer]: WatchedAnswer[Key] } = {
    startedAt: now(),
    question,
    language,
    result: 'aborted',
    answer: undefined,
    endedAt: undefined,
    stages,
    waitedMs: 0,
    model,
  };
  const onStage: OnStage = (stage) => {
    const startedAt = now();
    return (failed) => stages.push({ stage, startedAt, endedAt: now(), failed });
  };
  currentRequest()?.answers.push(watched);
  const settle = (result: WatchedAnswer['result']) => {
    watched.result = result;
    watched.endedAt ??= now();
  };
  const end = (answer: Answer) => {
    watched.answer = answer;
    watched.language = answer.language;
    settle(answer.outcome);
  };
  return {
    onStage,
    model,
    waited(milliseconds: number) {
      watched.waitedMs += milliseconds;
    },
    tell(event: AnswerEvent) {
      if (event.type === 'answer-start') watched.language = event.language;
      if (event.type === 'answer-end') end(event.answer);
      if (event.type === 'error') settle('failed');
    },
    end,
    fail() {
      settle('failed');
    },
    close() {
      settle(watched.result);
      for (const observer of observers) observer.answerEnded?.(watched);
    },
  };
}
