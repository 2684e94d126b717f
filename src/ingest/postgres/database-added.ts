import { z } from 'zod';

import type { Database, Sql } from '../../postgres/database.ts';
import { bytes } from '../../postgres/rows.ts';
import { shardOf } from '../../postgres/shard.ts';
import { addedParts } from '../added/added-path.ts';
import type { AddedStore, FileToKeep } from '../added/added-store.ts';
import { distinctNames, nameKey, safeFileName } from '../added/file-name.ts';
import { bytesOf, isFile } from '../added/receive-bytes.ts';
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

/** Any number that nobody else takes for locks of two numbers. */
const placesLock = 735_027_422;

const bytesRow = z.object({ bytes });
const pathRows = z.array(z.object({ path: z.string() }));

/** What is added, in the tables `job_files` until it is in its place, and `files` from then on. */
export function createDatabaseAdded({ database, maxFileBytes }: DatabaseAddedOptions): AddedStore {
  return {
    async accept({ id, createdAt, subject, work }) {
      const contents = 'files' in work ? await readable(work.files, maxFileBytes) : [];
      const task: JobTask = 'files' in work ? { type: 'add', files: stagedFiles(work.files) } : work;
      const job: StagedJob = { id, createdAt, subject: [...subject], task };
      await database.transaction(async (sql) => {
        await insertJob(sql, job);
        for (const [index, read] of contents.entries()) {
          await sql.query('INSERT INTO job_files (shard, job, staged, bytes) VALUES ($1, $2, $3, $4)', [
            jobShard,
            id,
            String(index),
            await read(),
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
        await lockNames(sql, files);
        const paths: string[] = [];
        for (const file of files) paths.push(await placeOne(sql, job, file));
        return paths;
      }),
    async remove(path) {
      addedParts(path);
      await forgetFile(database, path);
    },
    async sidecar(path) {
      addedParts(path);
      return storedSidecar(database, path);
    },
    async finish(jobId) {
      await database.query('DELETE FROM job_files WHERE shard = $1 AND job = $2', [jobShard, jobId]);
    },
  };
}

/**
 * The contents, each to be had as often as one likes: a transaction may be tried again. What can be read once is read now; a file
 * of the disk only when it is stored, so that no more than one of them is in memory.
 */
async function readable(files: readonly FileToKeep[], maxFileBytes: number) {
  const contents: (() => Promise<Buffer>)[] = [];
  for (const { content } of files) {
    if (isFile(content)) {
      contents.push(() => bytesOf(content, maxFileBytes));
      continue;
    }
    const received = await bytesOf(content, maxFileBytes);
    contents.push(async () => received);
  }
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

/** Until the transaction ends, nobody else places files under these names, however they are spelled. All in one order. */
async function lockNames(sql: Sql, files: readonly StagedFile[]): Promise<void> {
  const locks = new Set(files.map(({ name }) => shardOf(nameKey(addedPrefix + name))));
  for (const lock of Array.from(locks).toSorted((one, other) => one - other)) {
    await sql.query('SELECT pg_advisory_xact_lock($1::integer, $2::integer)', [placesLock, lock]);
  }
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
