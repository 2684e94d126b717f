/**
 * Groups texts into batches of similar length: longest first, so that no worker gets the longest text last.
 *
 * @param limits - texts and UTF-16 code units in a batch, at most; a longer text is a batch of its own.
 * @returns indices into `texts`; each occurs once.
 */
export function batchesByLength(
  texts: readonly string[],
  limits: { readonly texts: number; readonly characters: number },
): number[][] {
  const order = [...texts.keys()].toSorted((a, b) => lengthAt(texts, b) - lengthAt(texts, a));
  const batches: number[][] = [];
  let batch: number[] = [];
  let characters = 0;
  for (const index of order) {
    const length = lengthAt(texts, index);
    if (batch.length > 0 && (batch.length === limits.texts || characters + length > limits.characters)) {
      batches.push(batch);
      batch = [];
      characters = 0;
    }
    batch.push(index);
    characters += length;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

function lengthAt(texts: readonly string[], index: number): number {
  return texts[index]?.length ?? 0;
}
