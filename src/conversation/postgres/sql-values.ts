import { z } from 'zod';

import { whole } from '../../postgres/rows.ts';

/**
 * SQL of an instant in epoch milliseconds: the value of that number where it is given, else the clock of the database, which
 * all replicas share. The start of the statement: a function that changes within one cannot be used on several servers.
 */
export function instant(parameter: number): string {
  return `coalesce($${parameter}::bigint, floor(extract(epoch FROM statement_timestamp()) * 1000)::bigint)`;
}

/** A text column takes no NUL, so nothing is stored under a name that has one. */
export function isStorable(name: string): boolean {
  return !name.includes('\0');
}

/** As it can be stored. */
export function storable(text: string): string {
  return text.replaceAll('\0', '');
}

/** Rows of one column `count`. */
export const countRows = z.tuple([z.object({ count: whole })]);

/** Rows of `shard` and `id`. */
export const ownerRows = z.array(z.object({ shard: z.int(), id: z.string() }));
