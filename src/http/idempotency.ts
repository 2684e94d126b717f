import type { Request, Response } from 'express';

import type { IdempotencyStore, KeptResponse } from '../conversation/idempotency-store.ts';
import { canonicalJson } from '../domain/canonical-json.ts';
import { FootnoteError } from '../domain/errors.ts';
import { sha256 } from '../domain/fingerprint.ts';
import { callerOf } from './auth/callers.ts';
import type { FailureReporter } from './error-handler.ts';
import { httpProblem } from './problems.ts';
import { sendProblem } from './responses.ts';
import { idempotencyKeySchema } from './schemas-idempotency.ts';

/** Longer than any answer under way, so that nothing is begun twice; in milliseconds. */
const leaseMarginMs = 10_000;

/** A request that its client may repeat. */
export interface RepeatableCall {
  readonly request: Request;
  readonly response: Response;
  /** The validated body. */
  readonly body: unknown;
  /** For how long answering may take. */
  readonly timeoutMs: number;
  /** Answers. What it keeps, before it sends it, is the answer to every repetition; without that, the key is free again. */
  readonly answer: (keep: (kept: KeptResponse) => Promise<void>) => Promise<void>;
  /** Sends what was kept, where that is not simply what was sent. */
  readonly replay?: (kept: KeptResponse) => Promise<void>;
}

/** Answers a call, or gives again what the same call was answered before. */
export type AnswerOnce = (call: RepeatableCall) => Promise<void>;

/**
 * The `Idempotency-Key` header of the IETF draft "The Idempotency-Key HTTP Header Field"
 * (draft-ietf-httpapi-idempotency-key-header): the same request under the same key is carried out once and answered
 * alike (`idempotency-replayed: true`), another one is refused with 422, and one that is still running with 409.
 * Keys of different callers (by their API keys) and addresses have nothing to do with each other. Only success is kept.
 *
 * @param report - told when a response cannot be kept; it is sent nevertheless.
 */
export function createAnswerOnce(store: IdempotencyStore, report: FailureReporter): AnswerOnce {
  return async ({ request, response, body, timeoutMs, answer, replay }) => {
    const header = request.get('idempotency-key');
    if (header === undefined) return answer(() => Promise.resolve());
    const key = scopedKey(request, header);
    const fingerprint = sha256(canonicalJson(body));
    const begun = await store.begin({ key, fingerprint, leaseMs: timeoutMs + leaseMarginMs });
    switch (begun.state) {
      case 'running':
        response.set('retry-after', '1');
        return refuse(
          response,
          409,
          'running',
          'The first request with this Idempotency-Key is still running.',
        );
      case 'other':
        return refuse(
          response,
          422,
          'reused',
          'Another request has used this Idempotency-Key. Choose a new one.',
        );
      case 'done':
        response.set('idempotency-replayed', 'true');
        return replay ? replay(begun.response) : sendKept(response, begun.response);
      case 'new':
        return answerNew({
          store,
          key,
          token: begun.token,
          answer,
          onError: (error) => report(error, request),
        });
    }
  };
}

/** Sends a response for the first time as it will be sent again. */
export function sendKept(response: Response, { status, headers, body }: KeptResponse): void {
  response.status(status).set({ 'cache-control': 'no-store', ...headers });
  if (body === '') response.end();
  else response.type('application/json').send(body);
}

interface NewCall extends Pick<RepeatableCall, 'answer'> {
  readonly store: IdempotencyStore;
  readonly key: string;
  readonly token: string;
  readonly onError: (error: unknown) => void;
}

async function answerNew({ store, key, token, answer, onError }: NewCall): Promise<void> {
  let isKept = false;
  try {
    await answer(async (kept) => {
      try {
        await store.finish(key, token, kept);
        isKept = true;
      } catch (error) {
        onError(error);
      }
    });
  } finally {
    // Harmless where the key cannot be freed: it is when the lease is over.
    if (!isKept) await store.release(key, token).catch(onError);
  }
}

function scopedKey(request: Request, header: string): string {
  const key = idempotencyKeySchema.safeParse(header);
  if (!key.success) {
    const { message = '' } = key.error.issues[0] ?? {};
    throw new FootnoteError('invalid-request', `The Idempotency-Key ${message}.`);
  }
  const { method, path } = request;
  return sha256(canonicalJson([callerOf(request).key?.id ?? '', method, path, key.data]));
}

function refuse(response: Response, status: 409 | 422, kind: string, detail: string): void {
  sendProblem(response, httpProblem(status, detail, { type: `urn:footnote:idempotency-key-${kind}` }));
}
