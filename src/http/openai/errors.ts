import type { z } from 'zod';

import type { Problem } from '../../domain/problem.ts';
import type { openAiErrorSchema } from './result-schemas.ts';

/** The body of a failure in OpenAI's shape. */
export type OpenAiError = z.infer<typeof openAiErrorSchema>;

/** Whether an address belongs to the interfaces that OpenAI's clients speak, failures and all. */
export function isOpenAiAddress(url: string): boolean {
  return /^\/v1(?:[/?]|$)/u.test(url);
}

/** The one place where a problem becomes what OpenAI's clients understand. */
export function openAiError(problem: Problem): OpenAiError {
  const { status, title, detail = title, errors = [], instance } = problem;
  const wrong = errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  const where = instance === undefined ? [] : [`(${instance})`];
  const told = wrong.length > 0 ? [`${wrong.join('; ')}.`] : [];
  return {
    error: {
      message: [detail, ...told, ...where].join(' '),
      type: typeOf(status),
      // Where nothing is named, as for a body that is a list, no member is wrong.
      param: errors[0]?.path || null,
      code: codeOf(problem),
    },
  };
}

function typeOf(status: number): string {
  if (status >= 500) return 'server_error';
  if (status === 403) return 'permission_error';
  return status === 429 ? 'rate_limit_error' : 'invalid_request_error';
}

function codeOf({ status, type }: Problem): string | null {
  if (status === 401) return 'invalid_api_key';
  if (status === 429) return 'rate_limit_exceeded';
  const name = /^urn:footnote:([\w-]+)$/u.exec(type)?.[1];
  return name === undefined || name === 'invalid-request' ? null : name.replaceAll('-', '_');
}
