/**
 * Scales a vector to length 1.
 *
 * @throws Error when it has a component that is not a finite number, or length 0.
 */
export function unitVector(values: readonly number[] | Float32Array | Float64Array): Float32Array {
  let squares = 0;
  for (const value of values) squares += value * value;
  const length = Math.sqrt(squares);
  if (!Number.isFinite(length)) throw new Error('a vector has components that are not finite numbers');
  if (length === 0) throw new Error('a vector has length zero');
  return Float32Array.from(values, (value) => value / length);
}
