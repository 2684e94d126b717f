import { z } from 'zod';

/** The `Idempotency-Key` header; the quotes of a structured-header string (RFC 9651) may be left out. */
export const idempotencyKeySchema = z
  .string()
  .transform((value) => /^"(.*)"$/u.exec(value.trim())?.[1] ?? value.trim())
  .pipe(
    z
      .string()
      .regex(/^[\x21\x23-\x7e]{1,255}$/u, 'must be 1 to 255 visible ASCII characters, no spaces or quotes'),
  )
  .meta({
    id: 'IdempotencyKey',
    description:
      'Chosen by the client, unique to the request: repeating the request with it within 24 hours gives the same response',
  });
