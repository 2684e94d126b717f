import type { Config } from '../../config.ts';
import { FootnoteError } from '../../domain/errors.ts';
import { createSlots, type Slots } from './slots.ts';

/** A question waits no longer than its asker would, in milliseconds. */
const answerWaitMs = 5_000;

/** A page waits no longer than its reader would, in milliseconds. */
const readWaitMs = 1_000;

/** How many may wait for each place: at a few milliseconds each, what is waited for a good half of that time. */
const waitingReads = 64;

/** The places of a server: for answers, and for everything else that is done with the articles; the latter may be endless. */
export function createAppSlots({ concurrentAnswers, answerQueue, concurrentReads }: Config['traffic']): {
  readonly answers: Slots;
  readonly reads: Slots | undefined;
} {
  return {
    answers: createSlots({
      places: concurrentAnswers,
      queue: answerQueue,
      waitMs: answerWaitMs,
      busy: () =>
        new FootnoteError('too-many-requests', 'As many questions are being answered as can be at a time.', {
          retryAfter: answerWaitMs / 1_000,
        }),
    }),
    reads:
      concurrentReads === undefined
        ? undefined
        : createSlots({
            places: concurrentReads,
            queue: waitingReads * concurrentReads,
            waitMs: readWaitMs,
            busy: () =>
              new FootnoteError('too-many-requests', 'As much is being read as can be at a time.', {
                retryAfter: readWaitMs / 1_000,
              }),
          }),
  };
}
