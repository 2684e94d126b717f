/** Some letters of a text, as UTF-16 code units. */
export interface Letters {
  readonly units: Uint16Array;
  readonly start: number;
  readonly length: number;
}

/** Rows of the table, reused: a search compares thousands of pairs. */
export type DistanceRows = readonly [Uint8Array, Uint8Array, Uint8Array];

/** @param longest - length of the longer text that will be compared; at most 250. */
export function distanceRows(longest: number): DistanceRows {
  return [new Uint8Array(longest + 1), new Uint8Array(longest + 1), new Uint8Array(longest + 1)];
}

/**
 * The number of insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`, where no
 * part is changed twice (optimal string alignment, the restricted Damerau–Levenshtein distance).
 *
 * @param limit - where the distance is larger, the result is any number above it, which is found sooner.
 */
export function editDistance(a: Letters, b: Letters, limit: number, rows: DistanceRows): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let [before, previous, current] = rows;
  for (let column = 0; column <= b.length; column += 1) previous[column] = column;
  for (let row = 1; row <= a.length; row += 1) {
    const letter = a.units[a.start + row - 1];
    const letterBefore = row > 1 ? a.units[a.start + row - 2] : -1;
    const from = Math.max(1, row - limit);
    const to = Math.min(b.length, row + limit);
    // Beside the band, values must only be too large.
    current[from - 1] = from === 1 ? row : limit + 1;
    let smallest = from === 1 ? row : limit + 1;
    for (let column = from; column <= to; column += 1) {
      const other = b.units[b.start + column - 1];
      const above = column === row + limit ? limit + 1 : (previous[column] ?? 0);
      let value = Math.min(
        (previous[column - 1] ?? 0) + (letter === other ? 0 : 1),
        above + 1,
        (current[column - 1] ?? 0) + 1,
      );
      if (column > 1 && letterBefore === other && letter === b.units[b.start + column - 2]) {
        value = Math.min(value, (before[column - 2] ?? 0) + 1);
      }
      current[column] = value;
      if (value < smallest) smallest = value;
    }
    if (smallest > limit) return limit + 1;
    [before, previous, current] = [previous, current, before];
  }
  return previous[b.length] ?? 0;
}
