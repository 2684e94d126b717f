import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a site answers at one path. A text is a page of HTML. */
export type SiteAnswer = string | ((request: IncomingMessage, response: ServerResponse) => void);

/** A web site on loopback. */
export interface WebSite {
  readonly port: number;
  /** Such as `127.0.0.1:40123`: for FETCH_ALLOWED_HOSTS. */
  readonly host: string;
  readonly origin: string;
  /** Paths with their query that were asked for, in order. */
  readonly asked: string[];
  /** Answers by path; may be changed at any time. There is no robots.txt unless one is given. */
  readonly answers: Map<string, SiteAnswer>;
  close(): Promise<void>;
}

/** Starts a site that answers as `answers` say, by path without query, and 404 elsewhere. */
export async function startWebSite(answers: Readonly<Record<string, SiteAnswer>> = {}): Promise<WebSite> {
  const asked: string[] = [];
  const byPath = new Map(Object.entries(answers));
  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    asked.push(url);
    const answer = byPath.get(url.split('?', 1)[0] ?? '');
    if (answer === undefined) response.writeHead(404).end();
    else if (typeof answer === 'string') response.setHeader('content-type', 'text/html').end(answer);
    else answer(request, response);
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const port = portOf(server.address());
  return {
    port,
    host: `127.0.0.1:${port}`,
    origin: `http://127.0.0.1:${port}`,
    asked,
    answers: byPath,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** An answer with these headers. */
export function answering(
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
  status = 200,
): SiteAnswer {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body);
  };
}

/** A redirect. */
export function redirecting(location: string, status = 302): SiteAnswer {
  return (_request, response) => {
    response.writeHead(status, { location }).end();
  };
}

/** A page of HTML with this text. */
export function htmlPage(text: string, head = ''): string {
  return `<!doctype html><html><head><title>${text}</title>${head}</head><body><article><p>${text}</p></article></body></html>`;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
