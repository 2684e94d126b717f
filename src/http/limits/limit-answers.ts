import type { AnswerEvent } from '../../domain/answer-event.ts';
import type { Assistant } from '../../domain/assistant.ts';
import type { Slots } from './slots.ts';

/**
 * `assistant`, with a place in `slots` taken for as long as it answers, whichever interface asks. An answer that is no
 * longer wanted gives its place back at once, also when it is slow to stop.
 */
export function limitAnswers<T extends Pick<Assistant, 'answer' | 'ask'>>(assistant: T, slots: Slots): T {
  return {
    ...assistant,
    async *answer(...[request, options]: Parameters<Assistant['answer']>): AsyncGenerator<AnswerEvent> {
      const release = await acquire(slots, options?.signal);
      try {
        yield* assistant.answer(request, options);
      } finally {
        release();
      }
    },
    async ask(...[request, options]: Parameters<Assistant['ask']>) {
      const release = await acquire(slots, options?.signal);
      try {
        return await assistant.ask(request, options);
      } finally {
        release();
      }
    },
  };
}

async function acquire(slots: Slots, signal: AbortSignal | undefined): Promise<() => void> {
  const release = await slots.acquire(signal);
  if (signal?.aborted) release();
  signal?.addEventListener('abort', release, { once: true });
  return () => {
    signal?.removeEventListener('abort', release);
    release();
  };
}
