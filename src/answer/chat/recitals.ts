/** So many words in a row are no coincidence. */
const runLength = 7;

/** A shorter sentence is taken for a part of the instructions only as a whole, and from this many words on. */
const shortestLength = 3;

/**
 * Tells sentences in which a model recites its instructions, word for word, as it may when a question or an article
 * asks it to. It knows nothing of paraphrases and translations: those bear no quotation and are marked as unsupported.
 *
 * @param instructions - what the model was told, without the material.
 */
export function createRecitalCheck(instructions: string): (sentence: string) => boolean {
  // What stands in brackets, such as a pointer or the name of a part of the prompt, may not reach the sentence.
  const told = [instructions, instructions.replace(/<[^<>]*>|\[[^[\]]*\]/gu, ' ')].map(wordsOf);
  const runs = new Set(told.flatMap(runsOf));
  const whole = told.map((words) => ` ${words.join(' ')} `).join('\n');
  return (sentence) => {
    const words = wordsOf(sentence);
    if (words.length >= runLength) return runsOf(words).some((run) => runs.has(run));
    return words.length >= shortestLength && whole.includes(` ${words.join(' ')} `);
  };
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

function runsOf(words: readonly string[]): string[] {
  return Array.from({ length: Math.max(0, words.length - runLength + 1) }, (_, index) =>
    words.slice(index, index + runLength).join(' '),
  );
}
