import { z } from 'zod';

/** Anything that JSON can say. */
export type Json = z.core.util.JSONType;

export type JsonObject = Readonly<Record<string, Json>>;

const objectSchema = z.record(z.string(), z.json());

/**
 * `value` as it would be read from JSON; members that are undefined are left out.
 *
 * @throws z.ZodError when it is no object.
 */
export function toJsonObject(value: unknown): JsonObject {
  return objectSchema.parse(JSON.parse(JSON.stringify(value)));
}
