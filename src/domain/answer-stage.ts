/** What goes on while an answer comes into being. `verify` happens within `write`, once for each sentence. */
export const answerStages = ['understand', 'retrieve', 'write', 'verify'] as const;

export type AnswerStage = (typeof answerStages)[number];

/** Told that a stage begins; what it returns is called when that ends, with whether it failed. */
export type OnStage = (stage: AnswerStage) => (failed: boolean) => void;

/** Does `work`, and tells when it begins and ends. */
export async function inStage<T>(
  onStage: OnStage | undefined,
  stage: AnswerStage,
  work: () => Promise<T>,
): Promise<T> {
  const end = onStage?.(stage);
  let failed = true;
  try {
    const result = await work();
    failed = false;
    return result;
  } finally {
    end?.(failed);
  }
}
