import { Agent, request } from 'undici';

import { errorCode, errorMessage, FootnoteError } from '../../../domain/errors.ts';
import { maxHeaderBytes, maxRedirects } from '../limits.ts';
import { parseAllowedHosts } from './allowed-hosts.ts';
import { checkUrl, redirectTarget } from './check-url.ts';
import { isReadableType, parseContentType } from './content-type.ts';
import { createGuardedConnector, type ResolveName, resolveName } from './guarded-connector.ts';
import { acceptedEncodings, readBody, tooLarge } from './read-body.ts';

/** What a server answered. */
export interface WebResponse {
  /** The address that answered, after redirects. */
  readonly url: string;
  readonly status: number;
  /** A header by its name in lower case; several of one name are joined with commas. */
  header(name: string): string | undefined;
  /** Unpacked; empty unless `status` is 200. */
  readonly body: Buffer;
}

/** How one address is asked for. */
export interface WebRequest {
  readonly signal?: AbortSignal | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Most bytes of the unpacked body, where that differs from the usual. */
  readonly maxBytes?: number;
  /** Cut a longer body instead of refusing it. */
  readonly truncate?: boolean;
  /** Take bodies of types that are no articles. */
  readonly anyType?: boolean;
  /** Called around the request of the address, and of each one that it redirects to; throws to refuse it. */
  readonly visit?: (url: URL, send: () => Promise<WebResponse>) => Promise<WebResponse>;
}

/** Asks public web servers, and those that the operator allows, for documents. */
export interface SafeFetch {
  /**
   * @throws FootnoteError `invalid-request` for addresses that may not be asked for (also behind a redirect),
   *   `timeout`, `unavailable` when there is no answer, `unreadable-article` for bodies that are too large or of a
   *   type that holds no article; the signal's reason when it is aborted.
   */
  fetch(url: string, options?: WebRequest): Promise<WebResponse>;
  close(): Promise<void>;
}

/** Settings of {@link createSafeFetch}. */
export interface SafeFetchOptions {
  /** See {@link parseAllowedHosts}. */
  readonly allowedHosts: readonly string[];
  /** For all requests of one address together, in milliseconds; waiting for a host's turn is not counted. */
  readonly timeoutMs: number;
  /** Most bytes of a body, unpacked. */
  readonly maxBytes: number;
  readonly userAgent: string;
  readonly resolve?: ResolveName;
}

const accept =
  'text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json;q=0.9, */*;q=0.5';

/**
 * @throws FootnoteError `configuration` for an allowed host that is none.
 */
export function createSafeFetch(options: SafeFetchOptions): SafeFetch {
  const { timeoutMs, maxBytes, userAgent, resolve = resolveName } = options;
  const allowed = parseAllowedHosts(options.allowedHosts);
  const agent = new Agent({
    connect: createGuardedConnector({ allowed, resolve, timeoutMs }),
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    keepAliveTimeout: 4_000,
    keepAliveMaxTimeout: 10_000,
    pipelining: 1,
  });

  async function send(url: URL, wanted: WebRequest, timer: Timer): Promise<WebResponse> {
    const limit = {
      maxBytes: wanted.maxBytes ?? maxBytes,
      truncate: wanted.truncate ?? false,
      url: url.href,
    };
    return timer.run(url, wanted.signal, async (signal) => {
      const { statusCode, headers, body } = await request(url, {
        dispatcher: agent,
        signal,
        headers: { accept, ...wanted.headers, 'user-agent': userAgent, 'accept-encoding': acceptedEncodings },
      });
      const header = (name: string) => {
        const value = headers[name];
        return typeof value === 'string' || value === undefined ? value : value.join(', ');
      };
      const discard = () => {
        body.on('error', () => undefined);
        body.destroy();
      };
      if (statusCode !== 200) {
        discard();
        return { url: url.href, status: statusCode, header, body: Buffer.alloc(0) };
      }
      const problem = unwanted(header, wanted, limit);
      if (problem) {
        discard();
        throw problem;
      }
      return {
        url: url.href,
        status: 200,
        header,
        body: await readBody(body, header('content-encoding'), limit),
      };
    });
  }

  return {
    async fetch(text, wanted = {}) {
      const timer = createTimer(timeoutMs);
      let url = checkUrl(text, allowed);
      for (let hops = 0; hops <= maxRedirects; hops += 1) {
        wanted.signal?.throwIfAborted();
        const here = url;
        const once = () => send(here, wanted, timer);
        const response = await (wanted.visit ? wanted.visit(here, once) : once());
        const location = response.header('location');
        if (!isRedirect(response.status) || location === undefined) return response;
        url = redirectTarget(here, location, allowed);
      }
      throw new FootnoteError('unavailable', `${text} redirects more than ${maxRedirects} times.`);
    },
    close: () => agent.destroy(),
  };
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function unwanted(
  header: WebResponse['header'],
  wanted: WebRequest,
  limit: { readonly maxBytes: number; readonly truncate: boolean; readonly url: string },
): FootnoteError | undefined {
  if (!limit.truncate && Number(header('content-length') ?? 0) > limit.maxBytes) return tooLarge(limit);
  const { type } = parseContentType(header('content-type'));
  if (wanted.anyType === true || isReadableType(type)) return undefined;
  return new FootnoteError(
    'unreadable-article',
    `${limit.url} is of the type ${type.slice(0, 100)}, which is not read.`,
  );
}

/** Time that is left of a budget. */
interface Timer {
  run<T>(url: URL, signal: AbortSignal | undefined, act: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

function createTimer(budgetMs: number): Timer {
  let left = budgetMs;
  return {
    async run(url, signal, act) {
      const late = new AbortController();
      const stop = () => late.abort();
      const begun = performance.now();
      const timeout = setTimeout(stop, Math.max(0, left));
      signal?.addEventListener('abort', stop, { once: true });
      try {
        return await act(late.signal);
      } catch (error) {
        signal?.throwIfAborted();
        throw late.signal.aborted ? timedOut(url, budgetMs) : failed(url, error);
      } finally {
        clearTimeout(timeout);
        signal?.removeEventListener('abort', stop);
        left -= performance.now() - begun;
      }
    },
  };
}

function timedOut(url: URL, budgetMs: number): FootnoteError {
  return new FootnoteError('timeout', `${url.href} did not answer in full within ${budgetMs} ms.`, {
    remedy: 'Try again later, or raise FETCH_TIMEOUT_MS.',
  });
}

function failed(url: URL, error: unknown): FootnoteError {
  if (error instanceof FootnoteError) return error;
  const [code, message] = [errorCode(error) ?? '', errorMessage(error)];
  const what = message.includes(code) ? message : `${code}: ${message}`.replace(/: $/u, '');
  return new FootnoteError('unavailable', `${url.href} could not be fetched: ${what}.`, { cause: error });
}
