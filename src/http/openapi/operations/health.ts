import { documentSchema, healthSchema, readinessSchema } from '../../response-schemas.ts';
import { examples } from '../examples.ts';
import type { Operation } from '../operation.ts';
import { ifNoneMatch } from '../parameters.ts';

/** The probes, and this document. */
export const healthOperations: readonly Operation[] = [
  {
    id: 'isAlive',
    method: 'get',
    path: '/healthz',
    tag: 'Operation',
    summary: 'Does the process answer?',
    responses: {
      200: {
        description: 'It does',
        json: { name: 'Health', schema: healthSchema, example: { status: 'ok' } },
      },
    },
    problems: [],
  },
  {
    id: 'isReady',
    method: 'get',
    path: '/readyz',
    tag: 'Operation',
    summary: 'Is there an index to answer from, and which?',
    responses: {
      200: {
        description: 'There is',
        json: { name: 'Readiness', schema: readinessSchema, example: examples.readiness },
      },
    },
    problems: [503],
  },
  {
    id: 'getDocument',
    method: 'get',
    path: '/openapi.json',
    tag: 'Operation',
    summary: 'This document',
    description: 'The same for people is at `/docs`.',
    parameters: [ifNoneMatch],
    responses: {
      200: {
        description: 'An OpenAPI 3.1 document',
        headers: { ETag: 'Names this state; send it as `If-None-Match` next time' },
        json: { name: 'Document', schema: documentSchema, example: { openapi: '3.1.0' } },
      },
      304: { description: 'What the client has is still the same' },
    },
    problems: [406],
  },
];
