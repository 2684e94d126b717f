import { z } from 'zod';

import { FootnoteError } from '../../domain/errors.ts';
import type { Database, Sql } from '../../postgres/database.ts';
import { bytes } from '../../postgres/rows.ts';
import type { AddedStore, FileToKeep } from '../added/added-store.ts';
import { distinctNames, nameKey, safeFileName } from '../added/file-name.ts';
import { bytesOf } from '../added/receive-bytes.ts';
import type { JobTask, StagedFile, StagedJob } from '../added/staged-job.ts';
import { addedPrefix } from '../load/corpus-roots.ts';
import { sourceFile } from '../load/read-source.ts';
import { storedSidecar } from './database-files.ts';
import { insertJob } from './insert-job.ts';
import { jobShard } from './job-rows.ts';
import { forgetFile, storeFile } from './stored-files.ts';

/** Settings of {@link createDatabaseAdded}. */
export interface DatabaseAddedOptions {
  readonly database: Database;
  /** Largest file that is accepted, in bytes. */
  readonly maxFileBytes: number;
}

const bytesRow = z.object({ bytes });
const pathRows = z.array(z.object({ path: z.string() }));

/** What is added, in the tables `job_files` until it is in its place, and `files` from then on. */
export function createDatabaseAdded({ database, maxFileBytes }: DatabaseAddedOptions): AddedStore {
  return {
    async accept({ id, createdAt, subject, work }) {
      // Read before, as a transaction may be tried again, and a stream can be read once.
      const contents = 'files' in work ? await readContents(work.files, maxFileBytes) : [];
      const task: JobTask = 'files' in work ? { type: 'add', files: stagedFiles(work.files) } : work;
      const job: StagedJob = { id, createdAt, subject: [...subject], task };
      await database.transaction(async (sql) => {
        await insertJob(sql, job);
        for (const [index, content] of contents.entries()) {
          await sql.query('INSERT INTO job_files (shard, job, staged, bytes) VALUES ($1, $2, $3, $4)', [
            jobShard,
            id,
            String(index),
            content,
          ]);
        }
      });
      return job;
    },
    // The queue takes up whatever is not done.
    pending: async () => [],
    pathOf: (file) => placeOf(database, file),
    readStaged: (job, file) => staged(database, job, file),
    place: (job, files) =>
      database.transaction(async (sql) => {
        const paths: string[] = [];
        for (const file of files) paths.push(await placeOne(sql, job, file));
        return paths;
      }),
    async remove(path) {
      checkPath(path);
      await forgetFile(database, path);
    },
    async sidecar(path) {
      checkPath(path);
      return storedSidecar(database, path);
    },
    async finish(jobId) {
      await database.query('DELETE FROM job_files WHERE shard = $1 AND job = $2', [jobShard, jobId]);
    },
  };
}

async function readContents(files: readonly FileToKeep[], maxFileBytes: number): Promise<Buffer[]> {
  const contents: Buffer[] = [];
  for (const { content } of files) contents.push(await bytesOf(content, maxFileBytes));
  return contents;
}

function stagedFiles(files: readonly FileToKeep[]): StagedFile[] {
  const names = distinctNames(files.map(({ name }) => safeFileName(name)));
  return files.map(({ given }, index) => ({
    name: names[index] ?? '',
    staged: String(index),
    ...(given && { given: { ...given } }),
  }));
}

async function staged(sql: Sql, job: StagedJob, file: StagedFile): Promise<Buffer | undefined> {
  const [row] = await sql.query('SELECT bytes FROM job_files WHERE shard = $1 AND job = $2 AND staged = $3', [
    jobShard,
    job.id,
    file.staged,
  ]);
  return row === undefined ? undefined : bytesRow.parse(row).bytes;
}

/** The path of a file, under the spelling that is there already. */
async function placeOf(sql: Sql, { name }: StagedFile): Promise<string> {
  const path = addedPrefix + name;
  const rows = await sql.query('SELECT path FROM files WHERE name_key = $1 ORDER BY path LIMIT 1', [
    nameKey(path),
  ]);
  return pathRows.parse(rows)[0]?.path ?? path;
}

async function placeOne(sql: Sql, job: StagedJob, file: StagedFile): Promise<string> {
  const path = await placeOf(sql, file);
  const content = await staged(sql, job, file);
  // It has its place already.
  if (!content) return path;
  // A file in which an article was given its id goes on being that article.
  const id = file.given?.id ?? (await storedSidecar(sql, path))?.given?.id;
  const given = { ...file.given, ...(id !== undefined && { id }) };
  const sidecar = Object.keys(given).length > 0 ? { given } : undefined;
  const { digest } = sourceFile(content, sidecar);
  await storeFile(sql, { path, bytes: content, sidecar, digest });
  await sql.query('DELETE FROM job_files WHERE shard = $1 AND job = $2 AND staged = $3', [
    jobShard,
    job.id,
    file.staged,
  ]);
  return path;
}

function checkPath(path: string): void {
  const parts = path.slice(addedPrefix.length).split(/[/\\]/u);
  if (path.startsWith(addedPrefix) && !parts.some((part) => part === '' || part.startsWith('.'))) return;
  throw new FootnoteError('invalid-request', `"${path}" is not the path of an added file.`);
}
