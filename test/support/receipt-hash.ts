import { createHash } from 'node:crypto';

import { z } from 'zod';

import { canonical } from './canonical.ts';

const sealed = z.looseObject({ receipt: z.looseObject({ sha256: z.string() }) });

/** The hash that an answer states, and the one that follows from the documentation of the API alone. */
export function receiptHashes(answer: unknown): { readonly stated: string; readonly computed: string } {
  const { id: _id, receipt, ...rest } = sealed.parse(answer);
  const { createdAt: _createdAt, sha256: stated, ...kept } = receipt;
  const hash = createHash('sha256').update(canonical({ ...rest, receipt: kept }), 'utf8');
  return { stated, computed: hash.digest('hex') };
}
