import { createParser } from 'eventsource-parser';

import type { GivenMetadata, TypedArticle, WebSourceKind } from '../../../src/domain/ingest-admin.ts';
import type { IngestJob, IngestJobResult } from '../../../src/domain/ingest-job.ts';
import { ingestJobSchema } from '../../../src/domain/schemas/ingest-job-schema.ts';
import { strictly } from '../../support/strictly.ts';

const jobSchema = strictly(ingestJobSchema);

/** Somebody who looks after the articles of a server, over HTTP. What is changed is answered with the accepted job. */
export interface Editor {
  upload(files: Readonly<Record<string, string | Uint8Array>>, given?: GivenMetadata): Promise<IngestJob>;
  add(article: TypedArticle | { readonly url: string; readonly kind?: WebSourceKind }): Promise<IngestJob>;
  remove(id: string, options?: { readonly purge: boolean }): Promise<IngestJob>;
  restore(id: string): Promise<IngestJob>;
  job(id: string): Promise<IngestJob>;
  /** The states of the job as they are sent, to the last. */
  followed(job: Pick<IngestJob, 'id'>): Promise<IngestJob[]>;
  /** What came of the job. @throws Error when it failed. */
  done(job: Pick<IngestJob, 'id'>): Promise<IngestJobResult>;
}

/** An editor of the server at `url`. */
export function editorOf(url: string): Editor {
  async function accepted(path: string, init: RequestInit): Promise<IngestJob> {
    const response = await fetch(`${url}${path}`, init);
    if (response.status !== 202) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return jobSchema.parse(await response.json());
  }

  async function followed({ id }: Pick<IngestJob, 'id'>): Promise<IngestJob[]> {
    const response = await fetch(`${url}/api/ingest/jobs/${id}`, {
      headers: { accept: 'text/event-stream' },
    });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    const states: IngestJob[] = [];
    const parser = createParser({ onEvent: ({ data }) => states.push(jobSchema.parse(JSON.parse(data))) });
    parser.feed(await response.text());
    return states;
  }

  const at = (id: string) => `/api/articles/${encodeURIComponent(id)}`;

  return {
    upload(files, given) {
      const body = new FormData();
      for (const [name, content] of Object.entries(files)) {
        // Copied, because a view of shared memory is no part of a blob.
        const part = typeof content === 'string' ? content : new Uint8Array(content);
        body.append('files', new Blob([part]), name);
      }
      if (given) body.append('metadata', JSON.stringify(given));
      return accepted('/api/articles', { method: 'POST', body });
    },
    add: (article) =>
      accepted('/api/articles', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(article),
      }),
    remove: (id, { purge } = { purge: false }) =>
      accepted(`${at(id)}${purge ? '?purge=true' : ''}`, { method: 'DELETE' }),
    restore: (id) => accepted(`${at(id)}/restore`, { method: 'POST' }),
    async job(id) {
      const response = await fetch(`${url}/api/ingest/jobs/${id}`);
      return jobSchema.parse(await response.json());
    },
    followed,
    async done(job) {
      const last = (await followed(job)).at(-1);
      if (!last?.result) throw new Error(`The job did not succeed: ${JSON.stringify(last)}`);
      return last.result;
    },
  };
}
