import { onTestFinished } from 'vitest';
import { z } from 'zod';

import { type AppOptions, createApp } from '../../../src/http/app.ts';
import type { FailureContext } from '../../../src/http/error-handler.ts';
import { startServer } from '../../../src/http/server.ts';
import { createScriptedAssistant, type Script, type ScriptedAssistant } from './scripted-assistant.ts';

export interface Served {
  readonly url: string;
  readonly assistant: ScriptedAssistant;
  /** What `onError` was told. */
  readonly failures: { readonly error: unknown; readonly context: FailureContext }[];
  readonly close: () => Promise<void>;
  readonly post: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Response>;
}

export interface ServeOptions extends Omit<Partial<AppOptions>, 'assistant' | 'limits' | 'onError'> {
  readonly script?: Script;
  readonly limits?: Partial<AppOptions['limits']>;
  readonly shutdownTimeoutMs?: number;
}

const usualLimits = { bodyBytes: 20_000, questionLength: 200, historyTurns: 4, answerTimeoutMs: 20_000 };

/** Serves a scripted assistant on a free port until the test is over. */
export async function serve({
  script,
  limits,
  shutdownTimeoutMs = 50,
  ...rest
}: ServeOptions = {}): Promise<Served> {
  const assistant = createScriptedAssistant(script);
  const failures: Served['failures'] = [];
  const app = createApp({
    assistant,
    limits: { ...usualLimits, ...limits },
    onError: (error, context) => failures.push({ error, context }),
    ...rest,
  });
  const server = await startServer({ app, host: '127.0.0.1', port: 0, shutdownTimeoutMs });
  const close = () => server.close();
  onTestFinished(close);
  const post: Served['post'] = (path, body, headers = {}) =>
    fetch(`${server.address}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { url: server.address, assistant, failures, close, post };
}

const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  instance: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

/** The problem details of a response that must have some. */
export async function problemIn(response: Response): Promise<z.infer<typeof problemSchema>> {
  const type = response.headers.get('content-type');
  if (type !== 'application/problem+json') throw new Error(`Not a problem: ${response.status} ${type}`);
  const problem = problemSchema.parse(await response.json());
  if (problem.status !== response.status)
    throw new Error('The problem has another status than the response.');
  return problem;
}
