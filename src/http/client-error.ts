import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

import { httpProblem } from './problems.ts';

const statusOfCode: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
};

const detailOfStatus: Readonly<Record<number, string>> = {
  400: 'This is not HTTP as it is specified.',
  408: 'The request did not arrive in time.',
  413: 'The body is too large.',
  431: 'The header is too large.',
};

/**
 * Tells a client whose request never became one what was wrong with it, as a problem, and hangs up. Nothing is said
 * where a response is under way on the connection: it would be read as a part of it.
 */
export function refuseConnection(error: Error, socket: Duplex, hasResponse: boolean): void {
  if (!socket.writable || hasResponse) {
    socket.destroy();
    return;
  }
  const code = 'code' in error ? String(error.code) : '';
  const status = statusOfCode[code] ?? 400;
  const body = JSON.stringify(httpProblem(status, detailOfStatus[status]));
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
