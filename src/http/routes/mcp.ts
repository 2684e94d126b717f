import { type RequestHandler, Router } from 'express';

import type { Config } from '../../config.ts';
import type { Assistant } from '../../domain/assistant.ts';
import { scoped } from '../call-scope.ts';
import type { FailureReporter } from '../error-handler.ts';
import { httpProblem } from '../problems.ts';
import { onlyMethods, sendProblem } from '../responses.ts';
import { createTrustedHost, type TrustedHostOptions } from '../trusted-host.ts';

export interface McpRoutesOptions extends TrustedHostOptions {
  readonly assistant: Pick<Assistant, 'answer' | 'search' | 'article' | 'passage'>;
  readonly limits: Pick<Config['limits'], 'questionLength' | 'historyTurns' | 'answerTimeoutMs'>;
  /** Puts the parsed JSON into `request.body`. */
  readonly readBody: RequestHandler[];
  readonly heartbeatMs: number;
  readonly report: FailureReporter;
}

/**
 * `POST /mcp`: the tools of `createMcpServer` over streamable HTTP, without sessions: each request is served for
 * itself, by any replica. A client that leaves cancels what it asked for; a message that says so comes with a request
 * of its own, from which nothing leads to the other, and changes nothing.
 */
export function createMcpRoutes(options: McpRoutesOptions): Router {
  const { assistant, limits, readBody, heartbeatMs, report } = options;
  const router = Router();
  router
    .route('/mcp')
    .all(createTrustedHost(options))
    .post(
      oneMessage(readBody),
      scoped(limits.answerTimeoutMs, async (request, response) => {
        const onError = (error: unknown) => void report(error, request);
        const { createMcpServer, StreamableHTTPServerTransport } = await loadProtocol();
        const server = createMcpServer({ assistant, limits, onError });
        const transport = new StreamableHTTPServerTransport({ keepAliveMs: heartbeatMs });
        response.once('close', () => {
          server.close().catch(onError);
        });
        await server.connect(transport);
        response.set('x-accel-buffering', 'no');
        await transport.handleRequest(request, response, request.body);
      }),
    )
    .all(onlyMethods('POST'));
  return router;
}

/** With the first request: a server that nobody asks this way starts a tenth of a second sooner. */
async function loadProtocol() {
  const [{ createMcpServer }, { StreamableHTTPServerTransport }] = await Promise.all([
    import('../../mcp/mcp-server.ts'),
    import('@modelcontextprotocol/sdk/server/streamableHttp.js'),
  ]);
  return { createMcpServer, StreamableHTTPServerTransport };
}

/** A list of messages would be many questions that count as one; the protocol has none since 2025-06-18. */
function oneMessage(readBody: RequestHandler[]): RequestHandler[] {
  return [
    ...readBody,
    ({ body }: { body?: unknown }, response, next) => {
      if (Array.isArray(body)) sendProblem(response, httpProblem(400, 'Send one message in each request.'));
      else next();
    },
  ];
}
