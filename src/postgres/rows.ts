import { z } from 'zod';

/** A `bigint` or count, which drivers give as a number, a text or a BigInt; safe integers only. */
export const whole = z
  .union([z.number(), z.bigint(), z.string().regex(/^-?\d+$/u)])
  .transform(Number)
  .pipe(z.int());

/** A list of them, as of `bigint[]`. */
export const wholes = z.array(whole);

/** A `bytea`. */
export const bytes = z
  .instanceof(Uint8Array)
  .transform((value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength));
