import type { Article, DiskUse, IngestJob, SourceOverview, WithdrawnArticle } from '../../protocol/ingest.ts';
import { createEventStreamParser } from '../event-stream-parser.ts';
import type { AdminStrings } from './strings.ts';

/** Kept until the tab is closed; never in an address or a cookie. */
const storedKey = 'footnote-admin-key';

/** Why something was not done. `status` is 0 where the server was not reached. */
export interface Refusal {
  readonly status: number;
  readonly detail: string;
}

export interface SourcePage {
  readonly sources: readonly SourceOverview[];
  readonly total: number;
  readonly next?: string;
}

export interface Overview {
  readonly sources: number;
  readonly articles: number;
  readonly disk: DiskUse;
}

export type Api = ReturnType<typeof createApi>;

/** The server as this page uses it. What it refuses is thrown as an `Error` whose `cause` is a {@link Refusal}. */
export function createApi(root: URL, say: Pick<AdminStrings, 'offline'>) {
  const send = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    const key = sessionStorage.getItem(storedKey);
    if (key !== null) headers.set('authorization', `Bearer ${key}`);
    const response = await fetch(new URL(path, root), { ...init, headers }).catch(() => {
      throw refusal({ status: 0, detail: say.offline });
    });
    if (!response.ok) throw refusal(await readRefusal(response));
    return response;
  };
  const get = async <T>(path: string, is: (value: unknown) => value is T): Promise<T> =>
    expected(await (await send(path, { headers: { accept: 'application/json' } })).json(), is);
  const begin = async (path: string, init: RequestInit = {}): Promise<IngestJob> =>
    expected(await (await send(path, { method: 'POST', ...init })).json(), isJob);

  return {
    useKey: (key: string) => sessionStorage.setItem(storedKey, key),
    hasKey: () => sessionStorage.getItem(storedKey) !== null,
    forgetKey: () => sessionStorage.removeItem(storedKey),
    jobs: async () => (await get('api/ingest/jobs', having<{ jobs: readonly IngestJob[] }>('jobs'))).jobs,
    /** The job as it goes on; ends with it. */
    async *follow(id: string): AsyncGenerator<IngestJob, void> {
      const path = `api/ingest/jobs/${encodeURIComponent(id)}`;
      const { body } = await send(path, { headers: { accept: 'text/event-stream' } });
      const parse = createEventStreamParser();
      const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
      for (let step = await reader?.read(); step?.done === false; step = await reader?.read()) {
        for (const { event, data } of parse(step.value)) {
          const job: unknown = event === 'job' ? JSON.parse(data) : undefined;
          if (isJob(job)) yield job;
        }
      }
    },
    overview: () => get('api/ingest', having<Overview>('disk')),
    withdrawn: async () =>
      (await get('api/ingest/withdrawn', having<{ articles: readonly WithdrawnArticle[] }>('articles')))
        .articles,
    sources: (query: Readonly<Record<string, string>>) =>
      get(`api/ingest/sources?${new URLSearchParams(query).toString()}`, having<SourcePage>('sources')),
    article: (id: string) => get(`api/articles/${encodeURIComponent(id)}`, having<Article>('text')),
    original: async (path: string) =>
      (await send(`api/ingest/sources/original?${new URLSearchParams({ path }).toString()}`)).blob(),
    update: () => begin('api/ingest'),
    restore: (id: string) => begin(`api/articles/${encodeURIComponent(id)}/restore`),
    remove: (id: string, purge: boolean) =>
      begin(`api/articles/${encodeURIComponent(id)}${purge ? '?purge=true' : ''}`, { method: 'DELETE' }),
    add: (body: Readonly<Record<string, string>>) =>
      begin('api/articles', {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    addFiles(files: readonly File[]) {
      const body = new FormData();
      files.forEach((file) => body.append('files', file));
      return begin('api/articles', { body });
    },
  };
}

/** Why `error` was thrown, if the server or the way to it was the reason. */
export function refusalOf(error: unknown): Refusal | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  return isRefusal(cause) ? cause : undefined;
}

const isRefusal = having<Refusal>('status');
const isJob = having<IngestJob>('state');

// The page is of this server: what it sends is taken at its word.
function having<T extends object>(member: keyof T & string) {
  return (value: unknown): value is T => typeof value === 'object' && value !== null && member in value;
}

function expected<T>(value: unknown, is: (value: unknown) => value is T): T {
  if (is(value)) return value;
  throw refusal({ status: 0, detail: 'The server answered with something else.' });
}

function refusal(cause: Refusal): Error {
  return new Error(cause.detail, { cause });
}

async function readRefusal(response: Response): Promise<Refusal> {
  const body: unknown = await response.json().catch(() => undefined);
  const { detail, errors = [] } = isProblem(body) ? body : {};
  const all = [detail ?? response.statusText, ...errors.map(({ path, message }) => `${path}: ${message}`)];
  return { status: response.status, detail: all.join(' ') };
}

const isProblem = having<{
  readonly status: number;
  readonly detail?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}>('status');
