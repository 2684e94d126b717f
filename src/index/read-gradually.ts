import { createBreather } from '../domain/breather.ts';

/** Rows that are read at a time: about two milliseconds. */
const rowsAtOnce = 250;

/**
 * Reads a long list in parts, so that others have their turn meanwhile.
 *
 * @param read - the rows behind the last one that was read, at most `limit`.
 */
export async function readGradually<Row>(
  read: (after: Row | undefined, limit: number) => readonly Row[],
): Promise<Row[]> {
  const breathe = createBreather();
  const rows: Row[] = [];
  for (;;) {
    const some = read(rows.at(-1), rowsAtOnce);
    rows.push(...some);
    if (some.length < rowsAtOnce) return rows;
    await breathe();
  }
}
