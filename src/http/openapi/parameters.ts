import type { ParameterDescription } from './operation.ts';

/** The `{id}` of a path. */
export function pathId(description: string, example: string): ParameterDescription {
  return { name: 'id', in: 'path', description: `${description}, percent-encoded.`, example };
}

/** `If-None-Match`, for what has an entity tag. */
export const ifNoneMatch: ParameterDescription = {
  name: 'If-None-Match',
  in: 'header',
  description: 'The `ETag` of what the client has; answered with 304 when it is still the same.',
  example: 'W/"1a-2b3c"',
};

/** `Idempotency-Key`, where a request may be repeated. */
export const idempotencyKey: ParameterDescription = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Chosen by the client, unique to the request: 1 to 255 visible ASCII characters. Repeating the request with it within ' +
    '24 hours gives the same response, with `Idempotency-Replayed: true`.',
  example: '6f1c8f4e-7d1a-4b0e-9a54-7f4f1f0f3a11',
};
