import type { ScoreTable } from './score-table.ts';

/** A question that did not come out right. */
export interface Failure {
  readonly id: string;
  readonly type: string;
  readonly question: string;
  /** What is wrong, in one line. */
  readonly problem: string;
  /** What was cited instead, as `article: quotation`. */
  readonly cited: readonly string[];
}

/** The result of evaluating one set of questions. */
export interface EvaluationReport {
  readonly name: string;
  readonly tables: readonly ScoreTable[];
  readonly failures: readonly Failure[];
}

/** Options that every evaluation takes. */
export interface EvaluationOptions {
  /** At most this many questions, taken at even distances. */
  readonly limit?: number;
  /** Told how far the work is. */
  readonly onProgress?: (step: string, done: number, total: number) => void;
  readonly signal?: AbortSignal;
}
