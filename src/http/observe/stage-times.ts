import type { AnswerStage } from '../../domain/answer-stage.ts';
import type { WatchedAnswer } from './watched.ts';

/**
 * Milliseconds that an answer spent in each stage that it reached. Verifying happens while writing and is counted
 * apart, and so is waiting for a slow client, so that the times add up to the work done.
 */
export function stageTimes({ stages, waitedMs }: WatchedAnswer): Partial<Record<AnswerStage, number>> {
  const times: Partial<Record<AnswerStage, number>> = {};
  for (const { stage, startedAt, endedAt } of stages) {
    times[stage] = (times[stage] ?? 0) + endedAt - startedAt;
  }
  const { write, verify = 0 } = times;
  return { ...times, ...(write !== undefined && { write: Math.max(0, write - verify - waitedMs) }) };
}
