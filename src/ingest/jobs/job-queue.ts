import type { IngestJob } from '../../domain/ingest-job.ts';
import { nameKey } from '../added/file-name.ts';
import type { JobTask, StagedJob } from '../added/staged-job.ts';

/** Most jobs that share one ingest. */
export const maxBatch = 200;

/** How a task is shown. */
export function kindOf({ type }: JobTask): IngestJob['kind'] {
  if (type === 'fetch') return 'add';
  return type === 'read' ? 'update' : type;
}

/**
 * Takes the jobs from the beginning of the queue that can share one ingest, so that their results can still be told apart: jobs
 * that add files of different names, or that delete and restore different articles. A fetch stands alone, and so does
 * what is to be read.
 */
export function takeBatch(queue: StagedJob[]): StagedJob[] {
  const batch: StagedJob[] = [];
  const taken = new Set<string>();
  let kind: 'add' | 'withdrawal' | undefined;
  for (const job of queue.slice(0, maxBatch)) {
    const { task } = job;
    if (task.type === 'fetch' || task.type === 'read') break;
    const itsKind = task.type === 'update' ? undefined : task.type === 'add' ? 'add' : 'withdrawal';
    const keys = keysOf(task);
    if (itsKind !== undefined && kind !== undefined && itsKind !== kind) break;
    if (keys.some((key) => taken.has(key))) break;
    for (const key of keys) taken.add(key);
    kind ??= itsKind;
    batch.push(job);
  }
  return queue.splice(0, Math.max(1, batch.length));
}

/** What a job changes: of two jobs that share one of these, the later has the last word. */
export function keysOf(task: JobTask): string[] {
  switch (task.type) {
    case 'add':
      return task.files.map(({ name }) => `file ${nameKey(name)}`);
    case 'delete':
    case 'restore':
      return [`article ${task.articleId}`];
    case 'read':
      return task.paths.map((path) => `path ${path}`);
    case 'fetch':
    case 'update':
      return [];
  }
}
