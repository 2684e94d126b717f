import { FootnoteError } from '../domain/errors.ts';

/** Labels are stored in 32 bits; larger ones would wrap silently. */
const maximumLabel = 2 ** 32 - 1;

/** Squares of the length of a unit vector in single precision are within this of one. */
export const unitTolerance = 1e-6;

/**
 * `vector` scaled to unit length, in single precision. One that has it already stays as it is, to the last bit, so that
 * what was read can be stored again unchanged.
 *
 * @throws FootnoteError `model-failed` when its length is not `dimensions`, or it has no direction.
 */
export function unitVector(vector: ArrayLike<number>, dimensions: number): Float32Array {
  if (vector.length !== dimensions) {
    throw badVector(`has ${vector.length} numbers where the index needs ${dimensions}`);
  }
  let squares = 0;
  for (let index = 0; index < dimensions; index += 1) squares += (vector[index] ?? Number.NaN) ** 2;
  if (!Number.isFinite(squares)) throw badVector('holds numbers that are not finite');
  const length = Math.sqrt(squares);
  if (length === 0) throw badVector('is all zeros, so nothing can be near it');
  if (Math.abs(squares - 1) < unitTolerance) return Float32Array.from(vector);
  const unit = new Float32Array(dimensions);
  for (let index = 0; index < dimensions; index += 1) unit[index] = (vector[index] ?? 0) / length;
  return unit;
}

/** @throws RangeError when `label` is no integer from 0 to 2³² − 1. */
export function checkLabel(label: number): void {
  if (!Number.isInteger(label) || label < 0 || label > maximumLabel) {
    throw new RangeError(`A vector label must be an integer from 0 to ${maximumLabel}, not ${label}.`);
  }
}

function badVector(problem: string): FootnoteError {
  return new FootnoteError('model-failed', `An embedding ${problem}.`, {
    remedy: 'Check EMBEDDINGS and the embedding model, then run npm run ingest.',
  });
}
