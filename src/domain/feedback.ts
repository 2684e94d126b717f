/** What may be wrong (or right) with an answer. */
export const feedbackReasons = [
  'incorrect',
  'incomplete',
  'wrong-source',
  'outdated',
  'unclear',
  'other',
] as const;

/** What a reader thinks of an answer. */
export interface Feedback {
  readonly rating: 'up' | 'down';
  readonly reason?: (typeof feedbackReasons)[number];
  /** At most 2,000 characters. */
  readonly comment?: string;
}

/** Feedback with the answer that it is about. */
export interface StoredFeedback extends Feedback {
  readonly answerId: string;
  readonly question: string;
  /** The reply, with its markers. */
  readonly text: string;
  /** ISO 8601 instant at which the feedback came. */
  readonly givenAt: string;
}
