/** Bounds of one call of the chat model. Sizes are UTF-16 code units, durations milliseconds. */
export interface ChatLimits {
  /** Everything sent to the model; evidence that does not fit is left out, worst first. */
  readonly promptCharacters: number;
  /** One numbered sentence; a longer one is shown cut, but a pointer to it still means the whole of it. */
  readonly sentenceCharacters: number;
  readonly questionCharacters: number;
  /** Earlier turns shown to the model, newest kept. */
  readonly historyTurns: number;
  readonly historyCharacters: number;
  /** What is read of the model's output, its reasoning included; the rest is never received. */
  readonly outputCharacters: number;
  /** From the call to the end of the reply. */
  readonly timeoutMs: number;
  /** From the call to the first piece of output. */
  readonly firstTokenTimeoutMs: number;
  /** Between two pieces of output. */
  readonly stallTimeoutMs: number;
}

/**
 * Limits for a model with a context of 8k tokens or more: 16,000 characters are about 4,000 tokens of English
 * and 6,000 of Vietnamese.
 */
export const defaultChatLimits: ChatLimits = {
  promptCharacters: 16_000,
  sentenceCharacters: 1_000,
  questionCharacters: 2_000,
  historyTurns: 6,
  historyCharacters: 3_000,
  outputCharacters: 32_000,
  timeoutMs: 30_000,
  firstTokenTimeoutMs: 20_000,
  stallTimeoutMs: 15_000,
};
