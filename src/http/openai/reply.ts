import type { Answer, Usage } from '../../domain/answer.ts';
import type { AnswerNote } from './result-schemas.ts';

/** The one model: what writes behind it is the operator's choice. */
export const modelName = 'footnote';

/** A finished answer, and what the chat model counted. */
export interface Reply {
  readonly answer: Answer;
  readonly usage?: Usage | undefined;
}

/** What is told of an answer beside its text and annotations. */
export function answerNote(answer: Answer): AnswerNote {
  const { id, language, outcome, unanswered, nearest, asOf, degraded, sentences, summary, receipt } = answer;
  const note = { id, language, outcome, unanswered, nearest, degraded, sentences, summary, receipt };
  return { ...note, ...(asOf !== undefined && { asOf }) };
}

/** Seconds since 1970, as these interfaces tell the time. */
export function toSeconds(time: string | Date): number {
  return Math.floor(new Date(time).getTime() / 1000);
}
