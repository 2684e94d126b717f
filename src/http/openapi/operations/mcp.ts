import { z } from 'zod';

import type { Operation } from '../operation.ts';

// Whoever speaks it uses a client of the protocol, which knows the rest.
const messageSchema = z
  .looseObject({ jsonrpc: z.literal('2.0') })
  .describe('A message of JSON-RPC 2.0, as the Model Context Protocol defines it');

const message = { name: 'McpMessage', schema: messageSchema };
const failure = {
  description: 'The message is none of the protocol, or what it needs is not accepted.',
  json: { ...message, example: { jsonrpc: '2.0', error: { code: -32_000, message: '…' }, id: null } },
  isProblemToo: true,
} as const;

/** The Model Context Protocol. */
export const mcpOperations: readonly Operation[] = [
  {
    id: 'sendMcpMessage',
    method: 'post',
    path: '/mcp',
    tag: 'Other protocols',
    summary: 'One message to the MCP server',
    description:
      'The Model Context Protocol over streamable HTTP, without sessions, with the tools `ask`, `search_articles`, ' +
      '`read_passage` and `verify_quote`. Give this address to a client of the protocol.',
    parameters: [
      {
        name: 'Accept',
        in: 'header',
        description: 'Both types.',
        isRequired: true,
        example: 'application/json, text/event-stream',
      },
    ],
    body: {
      ...message,
      example: {
        jsonrpc: '2.0',
        id: 1,
        method: 'initialize',
        params: {
          protocolVersion: '2025-06-18',
          capabilities: {},
          clientInfo: { name: 'example', version: '1.0.0' },
        },
      },
    },
    responses: {
      200: {
        description: 'The reply to a request',
        stream: {
          description: 'Messages about the request, the reply last',
          event: message,
          example: 'event: message\ndata: {"jsonrpc":"2.0","id":1,"result":{}}\n\n',
        },
      },
      202: { description: 'A notification was taken' },
      400: failure,
      406: failure,
      415: failure,
    },
    problems: [413, 504],
  },
];
