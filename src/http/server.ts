import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

import { errorMessage, FootnoteError } from '../domain/errors.ts';
import { refuseConnection } from './client-error.ts';
import { tellStopping } from './stopping.ts';

/** For how long a client that is slow to send its request holds a connection, in milliseconds. */
export interface RequestTimeouts {
  readonly headersMs: number;
  readonly requestMs: number;
  /** How often it is looked whether one of them is over. */
  readonly checkMs: number;
}

/** Large files take their time on slow lines; the bodies of questions have a limit of their own, see `readJson`. */
const usualTimeouts: RequestTimeouts = { headersMs: 10_000, requestMs: 600_000, checkMs: 2_000 };

export interface ServerOptions {
  readonly app: RequestListener;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** How long answers under way may take after {@link RunningServer.close}. Those that would not end are told before. */
  readonly shutdownTimeoutMs: number;
  readonly timeouts?: RequestTimeouts;
  /** Awaited after the last connection is closed. */
  readonly onClose?: () => void | Promise<void>;
}

/** A server that listens. */
export interface RunningServer {
  /** URL of the chat page, without a trailing slash. */
  readonly address: string;
  /** Stops accepting, waits for answers under way, and closes. Calling it again waits for the same end. */
  close(): Promise<void>;
}

/** Starts to listen. @throws FootnoteError `configuration` when that is impossible, naming the setting. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { app, host, port, shutdownTimeoutMs, onClose, timeouts = usualTimeouts } = options;
  const server = createServer(
    {
      headersTimeout: timeouts.headersMs,
      requestTimeout: timeouts.requestMs,
      connectionsCheckingInterval: timeouts.checkMs,
      // Longer than the minute after which common proxies drop idle connections themselves.
      keepAliveTimeout: 65_000,
    },
    app,
  );
  // What a client expects besides the usual is not met; Node itself would refuse it without a word (RFC 9110, 10.1.1).
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  // Without any byte in either direction: above the longest answer that can be configured.
  server.setTimeout(660_000);

  const close = closer(server, shutdownTimeoutMs);
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw listenError(error, host, port);
  }
  let closed: Promise<void> | undefined;
  return {
    address: addressOf(server, host),
    close() {
      closed ??= close().then(() => onClose?.());
      return closed;
    },
  };
}

function closer(server: Server, timeoutMs: number): () => Promise<void> {
  const underWay = new Set<ServerResponse>();
  const sockets = new Set<Socket>();
  let closing = false;
  // Node's own closeIdleConnections spares connections that never sent anything, such as a browser's spare ones.
  const closeIdle = () => {
    const busy = new Set(Array.from(underWay, (response) => response.req.socket));
    for (const socket of sockets) if (!busy.has(socket)) socket.destroy();
  };
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('clientError', (error, socket) => {
    const hasResponse = Array.from(underWay).some(
      ({ req, headersSent }) => headersSent && req.socket === socket,
    );
    refuseConnection(error, socket, hasResponse);
  });
  server.prependListener('request', (_request, response) => {
    underWay.add(response);
    if (closing) leaveAfter(response);
    response.once('close', () => {
      underWay.delete(response);
      if (closing) setImmediate(closeIdle);
    });
  });
  return async () => {
    closing = true;
    underWay.forEach(leaveAfter);
    const done = once(server, 'close');
    server.close();
    closeIdle();
    const warning = setTimeout(() => underWay.forEach(tellStopping), timeoutMs - lastWordsMs(timeoutMs));
    const timer = setTimeout(() => server.closeAllConnections(), timeoutMs);
    await done;
    clearTimeout(warning);
    clearTimeout(timer);
    // What was cut off is told so before anything that it uses is closed.
    await Promise.all(Array.from(underWay, (response) => once(response, 'close')));
  };
}

/** What answers are left, out of the whole time, to say that they have no end. */
function lastWordsMs(timeoutMs: number): number {
  return Math.min(1_000, timeoutMs / 2);
}

function leaveAfter(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
}

function addressOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  // The addresses that mean "every interface" cannot be opened in every browser.
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

function listenError(error: unknown, host: string, port: number): FootnoteError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const cause = { cause: error };
  if (code === 'EADDRINUSE') {
    return new FootnoteError('configuration', `Port ${port} on ${host} is already in use.`, {
      remedy: 'Set PORT to a free port, or stop the program that uses this one.',
      ...cause,
    });
  }
  if (code === 'EACCES') {
    return new FootnoteError('configuration', `Port ${port} on ${host} is not allowed to this user.`, {
      remedy: 'Set PORT to a port above 1023.',
      ...cause,
    });
  }
  return new FootnoteError('configuration', `Cannot listen on ${host}:${port}: ${errorMessage(error)}`, {
    remedy: 'Set HOST to an address of this machine, for example 127.0.0.1, and PORT to a free port.',
    ...cause,
  });
}
