/** Parameters of BM25 (S. Robertson, H. Zaragoza, 2009), those that SQLite's FTS5 has. */
export const k1 = 1.2;
export const b = 0.75;

/** Above everything that {@link Bm25.factor} can be. */
export const largestFactor = k1 + 1;

/** All passages of a language. */
export interface TextTotals {
  readonly passages: number;
  readonly tokens: number;
}

/** What a term adds to a passage's score: its rarity times how much the passage has of it. */
export interface Bm25 {
  /** @param documents - passages that have the term. */
  rarity(documents: number): number;
  /**
   * @param count - twice the weighted number of times that the passage has the term.
   * @param length - terms of the passage.
   */
  factor(count: number, length: number): number;
}

/** BM25 for a language. A term of more than half of the passages is next to nothing, but never harms. */
export function createBm25({ passages, tokens }: TextTotals): Bm25 {
  const averageLength = passages > 0 && tokens > 0 ? tokens / passages : 1;
  return {
    rarity(documents) {
      const rarity = Math.log((passages - documents + 0.5) / (documents + 0.5));
      return rarity > 0 ? rarity : 1e-6;
    },
    factor(count, length) {
      const frequency = count / 2;
      return (frequency * (k1 + 1)) / (frequency + k1 * (1 - b + (b * length) / averageLength));
    },
  };
}
