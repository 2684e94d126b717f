import * as fc from 'fast-check';

import type { ApiRoute } from './api-routes.ts';
import { brokenBodies, oddHeaders, oddIds, oddJson, oddMethods, oddQueries } from './hostile-values.ts';
import type { RawRequest } from './raw-request.ts';

/** A request that nobody means well with. */
export interface FuzzedRequest extends RawRequest {
  /** Whether it cannot be anything but a mistake. */
  readonly isWrong: boolean;
}

const headerPairs = Object.entries(oddHeaders).flatMap(([name, values]) =>
  values.map((value): [string, string] => [name, value]),
);

/** Requests to a route: with one thing wrong that must be refused, or merely odd in several ways. */
export function fuzzedRequests(route: ApiRoute): fc.Arbitrary<FuzzedRequest> {
  const { methods, body, path, anyId } = route;
  const isNamed = !path.includes('{id}');
  const address = fc
    .tuple(fc.constantFrom(...oddIds), fc.constantFrom(...oddQueries))
    .map(([id, query]) => path.replace('{id}', id) + query);
  const known = new Set([...methods, 'HEAD', 'OPTIONS']);
  const method = fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...(methods.length > 0 ? methods : ['GET'])) },
    { weight: 1, arbitrary: fc.constantFrom(...oddMethods) },
  );
  const headers = fc
    .uniqueArray(fc.constantFrom(...headerPairs), { maxLength: 4, selector: ([name]) => name })
    .map((pairs) => Object.fromEntries(pairs));
  return fc
    .record({ path: address, method, headers, sent: bodies(body) })
    .map(({ sent, ...request }): FuzzedRequest => {
      const isBodyWrong = body !== undefined && request.method === 'POST' && sent.isWrong;
      const isIdWrong = !isNamed && anyId !== true && request.method !== 'OPTIONS';
      return {
        ...request,
        headers: { 'content-type': 'application/json', ...request.headers },
        body: request.method === 'GET' || request.method === 'HEAD' ? '' : sent.bytes,
        isWrong: !known.has(request.method) || isBodyWrong || isIdWrong,
      };
    });
}

function bodies(valid: ApiRoute['body']): fc.Arbitrary<{ bytes: string | Buffer; isWrong: boolean }> {
  const broken = fc.constantFrom(...brokenBodies).map((bytes) => ({ bytes, isWrong: true }));
  const shapeless = fc.json({ maxDepth: 4 }).map((bytes) => ({ bytes, isWrong: true }));
  if (!valid) return fc.oneof(broken, shapeless);
  // As it should be but for one value, somewhere in it, or for a member more.
  const marked = fc.constantFrom(...markedCopies(valid));
  const mutated = fc
    .tuple(marked, fc.constantFrom(...oddJson))
    .map(([text, value]) => ({ bytes: text.replace(JSON.stringify(mark), () => value), isWrong: false }));
  return fc.oneof(broken, shapeless, { weight: 3, arbitrary: mutated });
}

const mark = '\u0001here\u0001';

/** JSON of `value`, once for each place in it, with a mark in that place. */
function markedCopies(value: unknown): string[] {
  return placed(value, mark).map((copy) => JSON.stringify(copy));
}

/** `value` itself, and each value inside it, once replaced by `other`; and each object with one member more. */
export function placed(
  value: unknown,
  other: unknown,
  only: (old: unknown) => boolean = () => true,
): unknown[] {
  const here = only(value) ? [other] : [];
  if (Array.isArray(value)) {
    return [
      ...here,
      ...value.flatMap((item: unknown, index) =>
        placed(item, other, only).map((copy): unknown[] => value.with(index, copy)),
      ),
    ];
  }
  if (typeof value !== 'object' || value === null) return here;
  const inner = Object.entries(value).flatMap(([name, member]) =>
    placed(member, other, only).map((copy) => ({ ...value, [name]: copy })),
  );
  return [...here, ...inner, { ...value, url: other }];
}
