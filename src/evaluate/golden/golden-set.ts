import { z } from 'zod';

import { languages } from '../../domain/language.ts';
import { readJsonLines } from '../read-json-lines.ts';

const questionSchema = z.object({
  id: z.string().min(1),
  lang: z.enum(languages),
  type: z.string().min(1),
  text: z.string().min(1),
  answerable: z.boolean(),
  /** Every sentence that answers, or bears a part of the answer. `article` is a path within the corpus. */
  gold: z.array(z.object({ article: z.string(), quote: z.string().min(1), answer: z.string().optional() })),
  /** Whether one of the groups must be cited (the first, where there are any) or all of them. */
  mustCite: z.enum(['any', 'all']),
  /** Places in `gold` of the sentences that are as good as one another. */
  groups: z
    .array(z.array(z.int().min(0)).min(1))
    .min(1)
    .optional(),
  history: z.array(z.object({ role: z.enum(['user', 'assistant']), content: z.string() })).default([]),
});

/** A question over the shipped corpus with the sentences that answer it. */
export type GoldenQuestion = z.infer<typeof questionSchema>;

/** Reads a golden set. @throws FootnoteError `configuration` that names the line that is wrong. */
export function readGoldenSet(file: string): Promise<GoldenQuestion[]> {
  return readJsonLines(file, questionSchema);
}

/** The groups of `gold` of which a good answer cites at least one sentence each. */
export function requiredGroups({ gold, groups, mustCite }: GoldenQuestion): readonly (readonly number[])[] {
  const places = Array.from(gold.keys());
  if (mustCite === 'all') return groups ?? places.map((place) => [place]);
  return [groups?.[0] ?? places];
}
