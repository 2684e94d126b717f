import { problemSchema } from '../../domain/schemas/answer-event-schema.ts';
import { openAiError } from '../openai/errors.ts';
import { openAiErrorSchema } from '../openai/result-schemas.ts';
import { httpProblem } from '../problems.ts';
import { schemaReference } from './components.ts';
import type { NamedSchema, Operation } from './operation.ts';

interface ProblemKind {
  readonly description: string;
  readonly example: ReturnType<typeof httpProblem>;
}

const invalid = { type: 'urn:footnote:invalid-request' };

/** What each status of a problem means, with an example. */
const problemKinds: Readonly<Record<number, ProblemKind>> = {
  400: {
    description: 'The request is not valid; `errors` says what is wrong with which member.',
    example: httpProblem(400, 'The request is not valid.', {
      ...invalid,
      errors: [{ path: 'question', message: 'Invalid input: expected string, received undefined' }],
    }),
  },
  401: {
    description: 'A key is needed, and none, or one that is not known, was given.',
    example: httpProblem(401, 'A valid API key is needed.'),
  },
  403: {
    description: 'The key does not have the scope that this operation needs.',
    example: httpProblem(403, 'This key may not do that.'),
  },
  404: {
    description: 'There is no such thing.',
    example: httpProblem(404, 'There is no article with the id "x".', { type: 'urn:footnote:not-found' }),
  },
  405: {
    description: 'This address has other methods; `Allow` names them.',
    example: httpProblem(405, '/api/answers can be asked with: POST, OPTIONS.'),
  },
  406: {
    description: '`Accept` excludes every type that this address answers with.',
    example: httpProblem(406, 'This address answers with: application/json.'),
  },
  409: {
    description: 'The first request with this `Idempotency-Key` is still running.',
    example: httpProblem(409, 'The first request with this Idempotency-Key is still running.'),
  },
  411: {
    description: 'The length of the body is not stated.',
    example: httpProblem(411, 'Say with Content-Length how many bytes are sent.'),
  },
  413: { description: 'The body is too large.', example: httpProblem(413, 'The body is too large.') },
  415: {
    description: 'The body is of a type that is not taken here.',
    example: httpProblem(415, 'The body must be JSON.'),
  },
  422: {
    description: 'Another request has used this `Idempotency-Key`.',
    example: httpProblem(422, 'Another request has used this Idempotency-Key. Choose a new one.'),
  },
  429: {
    description:
      'Too many requests, or too many answers or jobs at once; `Retry-After` says when to try again.',
    example: httpProblem(429, 'Too many requests. Try again in 12 seconds.'),
  },
  500: {
    description: 'The server failed.',
    example: httpProblem(500, 'Something went wrong on the server.'),
  },
  502: {
    description: 'The language model failed to answer.',
    example: httpProblem(502, 'The language model failed to answer.', { type: 'urn:footnote:model-failed' }),
  },
  503: {
    description:
      'There is no index to answer from at the moment; or nothing new is taken on, as there is no room for it or the server is stopping; or the ' +
      'database cannot be reached, and `Retry-After` says when to try again.',
    example: httpProblem(503, 'The index of articles cannot be used at the moment.', {
      type: 'urn:footnote:index-unusable',
      instance: 'urn:uuid:3f0c1f7e-7c1d-4a57-9d7c-9a3a5f0f5f4e',
    }),
  },
  504: {
    description: 'The time for this request is up.',
    example: httpProblem(504, 'The time for this request, 60 s, is up.', { type: 'urn:footnote:timeout' }),
  },
};

/** The name of the shared response for `status`. */
export function problemName(status: number, failures?: Operation['failures']): string {
  return failures === undefined ? `Problem${status}` : `OpenAiError${status}`;
}

const problem: NamedSchema = { name: 'Problem', schema: problemSchema };
const openAi: NamedSchema = { name: 'OpenAiError', schema: openAiErrorSchema };

/** The schemas that failures are written in. */
export const failureSchemas: readonly NamedSchema[] = [problem, openAi];

/** All shared responses, by name. */
export function problemResponses(): Record<string, unknown> {
  const entries = Object.entries(problemKinds).flatMap(([key, { description, example }]) => {
    const status = Number(key);
    const error = { schema: schemaReference(openAi), example: openAiError(example) };
    return [
      [
        problemName(status),
        {
          description,
          content: { 'application/problem+json': { schema: schemaReference(problem), example } },
        },
      ],
      [problemName(status, 'openai'), { description, content: { 'application/json': error } }],
    ];
  });
  return Object.fromEntries(entries);
}

/** Problems that any operation may have. */
export const commonProblems = [405, 500] as const;

/** Problems of operations that ask for a key, where keys and limits are configured. */
export const guardedProblems = [401, 403, 429] as const;
