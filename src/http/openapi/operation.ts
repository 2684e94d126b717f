import type { z } from 'zod';

/** Groups of operations, in the order of the document. */
export const tags = {
  Answers: 'Ask, read answers again, check them, and say what you think of them.',
  Conversations: 'Questions that follow one another.',
  Articles: 'What answers are made from.',
  'Other protocols': 'The same answers for clients that speak another protocol.',
  Operation: 'For those who run the server.',
} as const;

export type Tag = keyof typeof tags;

/** A schema with its name in the document. */
export interface NamedSchema {
  readonly name: string;
  readonly schema: z.ZodType;
}

export interface BodyDescription extends NamedSchema {
  readonly example: unknown;
}

/** A stream of server-sent events. */
export interface StreamDescription {
  readonly description: string;
  /** What the `data` of each event is; absent where another party defines it. */
  readonly event?: NamedSchema;
  /** The beginning of such a stream. */
  readonly example: string;
}

export interface ResponseDescription {
  readonly description: string;
  /** By name, what a header tells. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: BodyDescription;
  readonly stream?: StreamDescription;
  /** Whether a failure may also be told as problem details. */
  readonly isProblemToo?: true;
  /** Another kind of text, by its media type; `line` is what each line of it is, as JSON. */
  readonly text?: { readonly type: string; readonly example: string; readonly line?: NamedSchema };
}

/** A header or a member of the path that a caller may give. */
export interface ParameterDescription {
  readonly name: string;
  readonly in: 'path' | 'header';
  readonly description: string;
  readonly example: string;
  /** What stands in a path always is. */
  readonly isRequired?: true;
}

/** One operation of the API, as its route does it. */
export interface Operation {
  readonly id: string;
  readonly method: 'get' | 'post' | 'delete';
  /** With parameters in braces: `/api/articles/{id}`. */
  readonly path: string;
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly ParameterDescription[];
  /** Objects of query parameters. */
  readonly queries?: readonly z.ZodType[];
  /** As JSON; `form` where a form of several parts will do too. */
  readonly body?: BodyDescription & { readonly isOptional?: true; readonly form?: NamedSchema };
  readonly responses: Readonly<Record<number, ResponseDescription>>;
  /** Statuses of the problems that are this operation's own; those that all have are added. */
  readonly problems: readonly number[];
  /** Whose failures its problems are written as; as problem details when absent. */
  readonly failures?: 'openai';
}
