import { z } from 'zod';

import { figures, type ScoreTable } from './score-table.ts';

/** Bounds of figures by `table/group/column`. */
export const floorsSchema = z.object({
  atLeast: z.record(z.string(), z.number()),
  atMost: z.record(z.string(), z.number()),
});

export type Floors = z.infer<typeof floorsSchema>;

/** One line for each figure that is out of bounds, or that does not exist. */
export function belowFloors(tables: readonly ScoreTable[], floors: Floors): string[] {
  const known = figures(tables);
  const check = (
    bounds: Record<string, number>,
    bound: string,
    holds: (value: number, limit: number) => boolean,
  ) =>
    Object.entries(bounds).flatMap(([name, limit]) => {
      const value = known.get(name);
      if (value === undefined) return [`${name}: there is no such figure`];
      return holds(value, limit) ? [] : [`${name}: ${value.toFixed(3)}, ${bound} ${limit}`];
    });
  return [
    ...check(floors.atLeast, 'must be at least', (value, limit) => value >= limit),
    ...check(floors.atMost, 'must be at most', (value, limit) => value <= limit),
  ];
}
