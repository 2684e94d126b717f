import { stageTimes } from '../observe/stage-times.ts';
import { isProbe, type Observer, type WatchedAnswer } from '../observe/watched.ts';
import type { LogFields, Logger } from './logger.ts';

export interface LogRequestsOptions {
  readonly logger: Logger;
  /** Whether questions stand in the log. */
  readonly withQuestions: boolean;
}

/** Writes one line for each request when it has ended; with the answer, where it was answered with one. */
export function logRequests({ logger, withQuestions }: LogRequestsOptions): Observer {
  return {
    requestEnded({ id, method, path, startedAt, answers, traceId }, end) {
      const { endedAt, route, status, aborted, bytes, keyId } = end;
      const fields = {
        requestId: id,
        method,
        route,
        path,
        status,
        durationMs: milliseconds(endedAt - startedAt),
        bytes,
        ...(aborted && { aborted }),
        ...(keyId !== undefined && { keyId }),
        ...(traceId !== undefined && { traceId }),
        ...answersOf(answers.map((answer) => answerFields(answer, withQuestions))),
      };
      const message = `${method} ${path} ${status}`;
      if (status >= 500) logger.error(fields, message);
      else if (isProbe(path)) logger.debug(fields, message);
      else logger.info(fields, message);
    },
  };
}

function answersOf(answers: readonly LogFields[]): LogFields {
  if (answers.length === 0) return {};
  return answers.length === 1 ? { answer: answers[0] } : { answers };
}

function answerFields(watched: WatchedAnswer, withQuestions: boolean): LogFields {
  const { answer, result, language, model, question } = watched;
  const { calls, failedCalls, inputTokens, outputTokens } = model;
  const times = Object.entries(stageTimes(watched)).map(([stage, time]) => [stage, milliseconds(time)]);
  return {
    outcome: result,
    ...(language !== undefined && { language }),
    ...(answer && {
      id: answer.id,
      writer: answer.receipt.writer,
      degraded: answer.degraded,
      ...answer.summary,
      citations: answer.citations.length,
      topScore: topScore(answer.evidence),
    }),
    stagesMs: Object.fromEntries(times),
    ...(calls > 0 && { model: { calls, failedCalls, inputTokens, outputTokens } }),
    ...(withQuestions && { question }),
  };
}

function topScore(evidence: readonly { readonly score: number }[]): number | null {
  const best = Math.max(...evidence.map(({ score }) => score));
  return Number.isFinite(best) ? Math.round(best * 1000) / 1000 : null;
}

function milliseconds(duration: number): number {
  return Math.round(duration * 10) / 10;
}
