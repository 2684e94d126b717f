import { once } from 'node:events';
import { createServer } from 'node:http';

import { onTestFinished } from 'vitest';
import { z } from 'zod';

/** A page of some other site. */
export interface HostPage {
  readonly origin: string;
  /** Sets what the site shows from now on. */
  show(page: { readonly html: string; readonly policy?: string }): void;
}

/** Serves a page from an origin of its own until the test is over. */
export async function serveHostPage(): Promise<HostPage> {
  let current: { readonly html: string; readonly policy?: string } = { html: '' };
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    if (current.policy !== undefined) response.setHeader('content-security-policy', current.policy);
    response.end(current.html);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    origin: `http://127.0.0.1:${port}`,
    show(page) {
      current = page;
    },
  };
}

/** A document with `body`; `head` may hold styles that mean no good. */
export function hostDocument(body: string, head = ''): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Some site</title>${head}</head><body><main><h1>Some site</h1>${body}</main></body></html>`;
}

/** Styles as they are found on the worst of sites. */
export const hostileStyles = `<style>
  html { font-size: 41px; direction: rtl; }
  * { all: unset !important; color: red !important; font: 40px/3 cursive !important; }
  *::before, *::after { content: 'x' !important; }
  button, textarea, dialog, mark, h2, p { display: none !important; border: 9px solid red !important; }
  footnote-chat { text-transform: uppercase !important; letter-spacing: 1em !important; visibility: hidden; }
</style>`;
