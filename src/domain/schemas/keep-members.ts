import { z } from 'zod';

/**
 * Checks as `schema` does, and gives the very value that was checked: with the members that the schema does not name,
 * which a later version wrote and which are part of what an answer's hash was made of.
 */
export function keepMembers<T>(schema: z.ZodType<T>): z.ZodType<T> {
  return z.custom<T>().superRefine((value, context) => {
    for (const { path, message } of schema.safeParse(value).error?.issues ?? []) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  });
}
