import type { Answer, AnswerEvidence, AnswerSentence, Usage } from './answer.ts';
import type { Citation } from './citation.ts';
import type { Language } from './language.ts';
import type { Problem } from './problem.ts';

/**
 * One answer as it comes into being, the same for every front end:
 * `answer-start`, `evidence`, then `text-delta`, `citation` and `sentence-verdict` for each sentence, and
 * `answer-end`; or `error` at any point, which ends the stream. The deltas joined are `answer.text`.
 */
export type AnswerEvent =
  | {
      readonly type: 'answer-start';
      readonly id: string;
      readonly question: string;
      readonly standaloneQuestion: string;
      readonly language: Language;
    }
  | { readonly type: 'evidence'; readonly evidence: readonly AnswerEvidence[] }
  | { readonly type: 'text-delta'; readonly delta: string }
  | { readonly type: 'citation'; readonly citation: Citation }
  | { readonly type: 'sentence-verdict'; readonly sentence: AnswerSentence }
  | { readonly type: 'answer-end'; readonly answer: Answer; readonly usage?: Usage }
  | { readonly type: 'error'; readonly problem: Problem };
