import type { Line } from './page.ts';

/** The sizes of type that a document uses. */
export interface Typography {
  /** Size of the running text. */
  readonly body: number;
  /** Usual distance of the baselines of lines like `line`. */
  leading(line: Line): number;
  /** The level of a heading set like `line`; undefined where that is how running text is set. */
  level(line: Line): number | undefined;
}

/** How much larger than the running text a heading is. */
const larger = 1.12;

/** Distance of baselines, in sizes of the type, where a document has too few lines to show its own. */
const usualLeading = 1.25;

/** Measures the type of a document. */
export function typographyOf(lines: readonly Line[]): Typography {
  const body = mostCommon(lines, (line) => rounded(line.size));
  const boldBody =
    mostCommon(
      lines.filter((line) => rounded(line.size) === body),
      (line) => (line.bold ? 1 : 0),
    ) === 1;
  const distances = lines.slice(1).flatMap((line, index) => {
    const before = lines[index];
    const distance = before && before.flow === line.flow ? (line.y - before.y) / line.size : 0;
    return distance > 0.8 && distance < 2.6 && rounded(line.size) === body
      ? [Math.round(distance * 20) / 20]
      : [];
  });
  const counts = new Map<number, number>();
  for (const distance of distances) counts.set(distance, (counts.get(distance) ?? 0) + 1);
  const usual = modeOf(counts) || usualLeading;
  const stands = (line: Line) =>
    line.size >= body * larger || (line.bold && !boldBody && line.size >= body * 0.95);
  const styleOf = (line: Line) => rounded(line.size) * 2 + (line.bold ? 1 : 0);
  const styles = Array.from(new Set(lines.filter(stands).map(styleOf))).toSorted((a, b) => b - a);
  return {
    body,
    leading: (line) => line.size * usual,
    level: (line) => (stands(line) ? Math.min(6, styles.indexOf(styleOf(line)) + 1) : undefined),
  };
}

/** The value of most characters. */
function mostCommon(lines: readonly Line[], value: (line: Line) => number): number {
  const counts = new Map<number, number>();
  for (const line of lines) counts.set(value(line), (counts.get(value(line)) ?? 0) + line.text.length);
  return modeOf(counts);
}

function modeOf(counts: ReadonlyMap<number, number>): number {
  return Array.from(counts).reduce((best, next) => (next[1] > best[1] ? next : best), [0, -1])[0];
}

/** Sizes differ in the third digit when a page is scaled. */
function rounded(size: number): number {
  return Math.round(size * 2) / 2;
}
