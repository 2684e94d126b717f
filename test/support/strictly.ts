import { z } from 'zod';

/** Checks as `schema` does, and refuses every member that it does not name: what is not documented must not travel. */
export function strictly<T>(schema: z.ZodType<T>): z.ZodType<T> {
  return z.custom<T>().superRefine((value, context) => {
    const parsed = schema.safeParse(value);
    for (const { path, message } of parsed.error?.issues ?? []) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
    if (!parsed.success) return;
    for (const path of lostIn(value, parsed.data)) {
      context.addIssue({ code: 'custom', path, message: 'is not documented' });
    }
  });
}

/** Paths of what is in `given` and not in `kept`. */
function lostIn(given: unknown, kept: unknown): string[][] {
  if (typeof given !== 'object' || given === null) return [];
  const known = new Map<string, unknown>(
    typeof kept === 'object' && kept !== null ? Object.entries(kept) : [],
  );
  return Object.entries(given).flatMap(([name, member]) =>
    known.has(name) ? lostIn(member, known.get(name)).map((path) => [name, ...path]) : [[name]],
  );
}
