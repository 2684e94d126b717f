import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { onTestFinished } from 'vitest';

import type { SentFile } from '../../../src/domain/ingest-admin.ts';
import type { IngestJob } from '../../../src/domain/ingest-job.ts';
import { createAddedStore } from '../../../src/ingest/added/added-store.ts';
import { type Sidecar, writeSidecar } from '../../../src/ingest/added/sidecar.ts';
import { createWithdrawnStore, type WithdrawnStore } from '../../../src/ingest/added/withdrawn.ts';
import {
  createIngestJobs,
  type IngestJobs,
  type IngestJobsOptions,
} from '../../../src/ingest/jobs/ingest-jobs.ts';
import { createDiskFiles } from '../../../src/ingest/load/disk-files.ts';
import { runIngest } from '../../../src/ingest/run-ingest.ts';
import { createFolder, writeFiles } from '../../support/folders.ts';
import { inlineParser } from '../../support/inline-parser.ts';
import { createLetterModel, createMemoryIndex } from '../memory-index.ts';

/** A corpus with its index in memory, and the jobs that change it. */
export interface JobServer {
  readonly corpusDir: string;
  readonly addedDir: string;
  readonly index: ReturnType<typeof createMemoryIndex>;
  /** What an ingest was begun for: the jobs that ran then. */
  readonly runs: string[][];
  readonly errors: unknown[];
  readonly jobs: IngestJobs;
  readonly withdrawn: WithdrawnStore;
  /** The same folders and the same index under another process. */
  restart(options?: Partial<IngestJobsOptions>): JobServer;
  /** Sends files; the job as accepted. */
  send(files: Readonly<Record<string, string>>, given?: SentFile['given']): Promise<IngestJob>;
  /** The job when it is over. */
  readonly ended: (job: Pick<IngestJob, 'id'>) => Promise<IngestJob>;
  /** Writes a file of the corpus with its sidecar, as a fetch does. */
  write(path: string, text: string, sidecar: Sidecar): Promise<void>;
  /** Ids of those that are indexed. */
  articles(): string[];
}

/** `corpus` is indexed with the first job. */
export async function createJobServer(
  corpus: Readonly<Record<string, string>> = {},
  options: Partial<IngestJobsOptions> = {},
): Promise<JobServer> {
  const folder = await createFolder();
  onTestFinished(() => folder.remove());
  const corpusDir = join(folder.path, 'corpus');
  await mkdir(corpusDir);
  await writeFiles(corpusDir, corpus);
  return serve(folder.path, createMemoryIndex(), options);
}

function serve(
  dir: string,
  index: ReturnType<typeof createMemoryIndex>,
  options: Partial<IngestJobsOptions>,
): JobServer {
  const corpusDir = join(dir, 'corpus');
  const addedDir = join(corpusDir, 'added');
  const errors: unknown[] = [];
  const runs: string[][] = [];
  const withdrawn = createWithdrawnStore({ dir: addedDir });
  const jobs = createIngestJobs({
    added: createAddedStore({ dir: addedDir, maxFileBytes: 10_000 }),
    withdrawn,
    parser: inlineParser,
    sources: async () => Array.from(index.sources.values()),
    article: async (id) => index.committed.get(id)?.entry.article,
    onError: (error) => errors.push(error),
    async run({ signal, onProgress, allowEmpty, only }) {
      const running = (await jobs.jobs()).filter(({ state }) => state === 'running');
      runs.push(running.map(({ id }) => id));
      const withdrawals = await withdrawn.read();
      return runIngest({
        files: createDiskFiles({ corpusDir, addedDir }),
        writer: index.writer(),
        embeddings: createLetterModel(),
        parser: inlineParser,
        maxFileBytes: 10_000,
        isWithdrawn: (articleId) => withdrawals.isWithdrawn({ articleId }),
        allowEmpty,
        only,
        onProgress,
        signal,
      });
    },
    ...options,
  });
  onTestFinished(() => jobs.close());
  let uploads = 0;
  return {
    corpusDir,
    addedDir,
    index,
    runs,
    errors,
    jobs,
    withdrawn,
    restart: (others = {}) => serve(dir, index, others),
    async send(files, given) {
      const sent: SentFile[] = [];
      for (const [name, text] of Object.entries(files)) {
        const upload = `upload-${uploads++}`;
        await writeFiles(dir, { [upload]: text });
        sent.push({ name, path: join(dir, upload), size: text.length, ...(given && { given }) });
      }
      return jobs.add({ files: sent });
    },
    async ended({ id }) {
      let last = await jobs.job(id);
      for await (const job of jobs.follow(id, { signal: AbortSignal.timeout(20_000) })) last = job;
      return last;
    },
    async write(path, text, sidecar) {
      await writeFiles(corpusDir, { [path]: text });
      await writeSidecar(join(corpusDir, path), sidecar);
    },
    articles: () => Array.from(index.committed.keys()).toSorted(),
  };
}

/** Whatever an article says, it is long enough to be one. */
export function markdown(id: string, about: string): string {
  return `---\nid: ${id}\ntitle: About ${id}\n---\nThe ${about} of the village are painted blue. They leave at four in the morning.\n`;
}
