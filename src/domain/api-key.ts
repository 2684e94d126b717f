/** What a key may be used for: `ask` questions, `read` what is stored, or `admin`: everything. */
export const scopes = ['ask', 'read', 'admin'] as const;

export type Scope = (typeof scopes)[number];

/** A key of the API as it is listed: without its secret, which nobody but its holder knows. */
export interface ApiKey {
  /** Public part of the key: 12 hexadecimal digits. */
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** ISO 8601 instants. */
  readonly createdAt: string;
  readonly expiresAt?: string;
  readonly revokedAt?: string;
}

/** Whether `key` opens what needs `scope`. */
export function covers(key: Pick<ApiKey, 'scopes'>, scope: Scope): boolean {
  return key.scopes.includes(scope) || key.scopes.includes('admin');
}
