/** Problem details for HTTP APIs (RFC 9457). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly instance?: string;
  /** What is wrong with which member of the request. */
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}
