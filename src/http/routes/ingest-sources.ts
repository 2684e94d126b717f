import { once } from 'node:events';

import { type Response, Router } from 'express';

import { FootnoteError } from '../../domain/errors.ts';
import type { IngestAdmin, OriginalFile, SourceOverview } from '../../domain/ingest-admin.ts';
import { type CallScope, scoped } from '../call-scope.ts';
import { operatorOnly } from '../operator-only.ts';
import { mustAccept, onlyMethods } from '../responses.ts';
import { originalQuerySchema, sourcesQuerySchema } from '../schemas-ingest.ts';

/** A large file to a slow client is still a file. */
const sendingTimeoutMs = 600_000;

/** Nothing that is sent may run, load anything, or be taken for a part of this server. */
const inert = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

export interface IngestSourceRoutesOptions {
  readonly admin: Pick<IngestAdmin, 'sources' | 'original' | 'withdrawn'>;
  readonly timeoutMs: number;
}

/** `GET /api/ingest/sources`, `/api/ingest/sources/original` and `/api/ingest/withdrawn`: where articles come from. */
export function createIngestSourceRoutes({ admin, timeoutMs }: IngestSourceRoutesOptions): Router {
  const router = Router();
  router
    .route('/api/ingest/sources')
    .get(
      operatorOnly,
      mustAccept('application/json'),
      scoped(timeoutMs, async (request, response, scope) => {
        const { limit, after, q = '', only } = sourcesQuerySchema.parse(request.query);
        const matching = (await scope.race(admin.sources())).filter(
          (source) => isIn(source, only) && holds(source, q),
        );
        const rest = after === undefined ? matching : matching.filter(({ path }) => path > after);
        const sources = rest.slice(0, limit);
        const last = sources.at(-1);
        response.set('cache-control', 'no-store').json({
          sources,
          total: matching.length,
          ...(last && rest.length > limit && { next: last.path }),
        });
      }),
    )
    .all(onlyMethods('GET'));
  router
    .route('/api/ingest/sources/original')
    .get(
      operatorOnly,
      scoped(sendingTimeoutMs, async (request, response, scope) => {
        const { path } = originalQuerySchema.parse(request.query);
        const sources = await scope.race(admin.sources());
        // Whatever else the path may lead to, it is no business of this address.
        if (!sources.some((source) => source.path === path)) {
          throw new FootnoteError('not-found', 'There is no source with that path.');
        }
        await sendOriginal(response, await scope.race(admin.original(path)), scope);
      }),
    )
    .all(onlyMethods('GET'));
  router
    .route('/api/ingest/withdrawn')
    .get(
      operatorOnly,
      mustAccept('application/json'),
      scoped(timeoutMs, async (_request, response, scope) => {
        response.set('cache-control', 'no-store').json({ articles: await scope.race(admin.withdrawn()) });
      }),
    )
    .all(onlyMethods('GET'));
  return router;
}

async function sendOriginal(response: Response, file: OriginalFile, scope: CallScope): Promise<void> {
  const type = /^[\w.+-]+\/[\w.+-]+(?:; ?charset=[\w-]+)?$/u.test(file.mediaType)
    ? file.mediaType
    : 'application/octet-stream';
  // Makes a header that names no file of another folder and begins no other header, and a fallback in ASCII.
  response.attachment(file.name.replace(/[\p{Cc}\p{Cf}]/gu, ''));
  response.setHeader('content-type', type);
  response.set({
    'content-length': String(file.bytes),
    'content-security-policy': inert,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  if (response.req.method === 'HEAD') {
    response.end();
    return;
  }
  for await (const piece of scope.events(file.content)) {
    if (!response.write(piece)) await once(response, 'drain', { signal: scope.signal });
  }
  response.end();
}

function isIn({ failures, withdrawn }: SourceOverview, only: 'failed' | 'withdrawn' | undefined): boolean {
  if (only === undefined) return true;
  return only === 'failed' ? failures.length > 0 : withdrawn;
}

function holds({ path, address = '', articles }: SourceOverview, words: string): boolean {
  const sought = words.trim().toLowerCase();
  const texts = [path, address, ...articles.map(({ title }) => title)];
  return sought === '' || texts.some((text) => text.toLowerCase().includes(sought));
}
