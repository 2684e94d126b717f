/** Values to be bound, in the order of their numbers. */
export interface SqlValues {
  readonly values: readonly unknown[];
  /** Takes a value and returns the SQL that stands for it, such as `$3::text[]`. */
  readonly bind: (value: unknown, type: SqlType) => string;
}

type SqlType = 'bigint' | 'bigint[]' | 'float8' | 'float8[]' | 'integer[]' | 'text' | 'text[]' | 'vector';

/** Begins with no values. */
export function sqlValues(): SqlValues {
  const values: unknown[] = [];
  return {
    values,
    bind: (value, type) => `$${values.push(value)}::${type}`,
  };
}

/** Texts that PostgreSQL can hold: those without a NUL. It has none of the others, so nothing matches them. */
export function storable(texts: readonly string[]): string[] {
  return texts.filter((text) => !text.includes('\0'));
}
