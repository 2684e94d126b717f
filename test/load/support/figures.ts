/** Durations in milliseconds. */
export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** The value below which the share `quantile` of the values lies, by the nearest rank; 0 where there are none. */
export function quantileOf(values: readonly number[], quantile: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(quantile * sorted.length) - 1)] ?? 0;
}

export function spreadOf(values: readonly number[]): Spread {
  return {
    count: values.length,
    p50: quantileOf(values, 0.5),
    p95: quantileOf(values, 0.95),
    p99: quantileOf(values, 0.99),
    max: quantileOf(values, 1),
  };
}

/** Slope of the line through the points by least squares, in units of y for each unit of x; 0 for fewer than two points. */
export function slopeOf(points: readonly { readonly x: number; readonly y: number }[]): number {
  const mean = (of: (point: { x: number; y: number }) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / Math.max(1, points.length);
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  const variance = mean((point) => (point.x - x) ** 2);
  return variance === 0 ? 0 : mean((point) => (point.x - x) * (point.y - y)) / variance;
}

/** For tables: three digits that say something. */
export function milliseconds(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}

export function megabytes(bytes: number): string {
  return (bytes / 1_048_576).toFixed(1);
}
