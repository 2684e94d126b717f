/** The shape of a reply that the bench's model gives. */
export interface ReplyShape {
  readonly sentences: number;
  /** Words of a sentence, the first of which tells when it was sent. */
  readonly words: number;
}

/** 720 tokens: 14.4 s at 50 a second. */
export const usualShape: ReplyShape = { sentences: 36, words: 19 };

/** Tokens of a sentence: its words and its pointer. */
export const tokensPerSentence = ({ words }: ReplyShape) => words + 1;

/** A line of the prompt, such as `[S1] The ferry runs daily.` */
const sourceLine = /^(\[S\d+\]) (.+)$/mu;

/** Whether the model is asked for an answer, not to translate a question before it. */
export const asksForAnswer = (prompt: string) => prompt.includes('<sources>\n');

/**
 * The tokens of a reply, the first of each sentence left empty: it is the time at which it is sent. Sentences are made of
 * words of the first numbered sentence, so that verifying them costs what it costs for a real one, and point at it.
 */
export function scriptedTokens(prompt: string, { sentences, words }: ReplyShape): (string | undefined)[] {
  const [, pointer = '[S1]', source = 'nothing'] = sourceLine.exec(prompt) ?? [];
  const plain = source.toLowerCase().match(/\p{L}{2,}/gu) ?? ['nothing'];
  const sentence = (first: number) => {
    const text = Array.from(
      { length: words - 1 },
      (_, word) => ` ${plain[(first + word) % plain.length] ?? ''}`,
    );
    return [undefined, ...text.slice(0, -1), `${text.at(-1) ?? ''}.`, ` ${pointer}`];
  };
  return Array.from({ length: sentences }, (_, number) => sentence(number)).flat();
}

/** For each stream. */
export const tokensPerSecond = 50;
