import { randomUUID } from 'node:crypto';

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu;

/** Ids that a proxy or a client may give: short, and harmless in a log, a header and an address. */
const sane = /^[\w.-]{1,128}$/u;

/** The id of a request: the one that it came with where that is sane, or else a new UUID. */
export function requestIdOf(given: string | string[] | undefined): string {
  return typeof given === 'string' && sane.test(given) ? given : randomUUID();
}

/** The `instance` of the problem details of the request with this id. */
export function instanceOf(requestId: string): string {
  return uuid.test(requestId) ? `urn:uuid:${requestId}` : `urn:footnote:request:${requestId}`;
}
