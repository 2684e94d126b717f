import type { Answer, Receipt } from '../domain/answer.ts';
import { canonicalJson } from '../domain/canonical-json.ts';
import { sha256 } from '../domain/fingerprint.ts';

/** An answer before its hash is known. */
export type UnsealedAnswer = Omit<Answer, 'receipt'> & { readonly receipt: Omit<Receipt, 'sha256'> };

/** Adds the hash that {@link answerHash} computes. */
export function sealAnswer(answer: UnsealedAnswer): Answer {
  return { ...answer, receipt: { ...answer.receipt, sha256: answerHash(answer) } };
}

/**
 * SHA-256 over the canonical JSON (RFC 8785) of an answer without `id`, `receipt.createdAt` and
 * `receipt.sha256`: equal for the same question over the same index with the same settings.
 */
export function answerHash(answer: UnsealedAnswer | Answer): string {
  return sha256(
    canonicalJson({
      ...answer,
      id: undefined,
      receipt: { ...answer.receipt, createdAt: undefined, sha256: undefined },
    }),
  );
}
