import type { FileNote, IngestJob } from '../../domain/ingest-job.ts';
import type { GenerationInfo, SourceRecord } from '../../domain/ports.ts';
import type { IngestReport } from '../run-ingest.ts';
import type { FetchReport } from '../web/fetch-report.ts';
import type { FolderSync } from './folder-sync.ts';

/** What {@link reportOfSync} is made of. */
export interface SyncOutcome {
  readonly fetched: FetchReport | undefined;
  readonly synced: FolderSync;
  /** The jobs of it, as they ended. */
  readonly jobs: readonly IngestJob[];
  /** What the index knows of the files afterwards, by path. */
  readonly sources: ReadonlyMap<string, SourceRecord>;
  readonly generation: GenerationInfo;
  readonly durations: IngestReport['durations'];
}

/** What was done together, by whoever did it, as if it had been one ingest. */
export function reportOfSync(outcome: SyncOutcome): IngestReport {
  const { fetched, synced, jobs, sources, generation, durations } = outcome;
  const files = new Map(
    Array.from(sources.values())
      .filter(({ articles }) => articles.length > 0)
      .toSorted(byPath)
      .map(({ path, articles }) => [path, articles] as const),
  );
  const present = Array.from(files.values()).flat();
  const results = jobs.flatMap(({ result }) => result ?? []);
  const told = (kind: 'added' | 'changed' | 'removed') => new Set(results.flatMap((result) => result[kind]));
  const [added, changed, removed] = [told('added'), told('changed'), told('removed')];
  // What one job took away and another brought back was there before.
  const isNew = (id: string) => added.has(id) && !removed.has(id);
  const isChanged = (id: string) => !isNew(id) && (changed.has(id) || added.has(id));
  return {
    added: present.filter(isNew),
    changed: present.filter(isChanged),
    unchanged: present.filter((id) => !isNew(id) && !isChanged(id)),
    removed: without(removed, present),
    failed: [...(fetched?.failed ?? []), ...failures(outcome)],
    skipped: synced.skipped,
    files,
    ...(fetched && {
      fetched: {
        stored: fetched.stored.length,
        unchanged: fetched.unchanged.length,
        gone: fetched.gone.map(({ address }) => address),
      },
    }),
    resumed: false,
    generation,
    durations,
  };
}

/** Of the folder, of the jobs, and of what was read before and has not changed, each once. */
function failures({ synced, jobs, sources }: SyncOutcome): readonly FileNote[] {
  const pathsOf = new Map(synced.jobs.map(({ id, paths }) => [id, paths]));
  const notes = [
    ...synced.failed,
    ...jobs.flatMap(({ result }) => result?.failed ?? []),
    ...jobs.flatMap(({ id, error }) =>
      error === undefined ? [] : (pathsOf.get(id) ?? []).map((file) => ({ file, reason: error })),
    ),
    ...Array.from(sources.values()).flatMap(({ path, failures: reasons }) =>
      reasons.map((reason) => ({ file: path, reason })),
    ),
  ];
  const distinct = new Map(notes.map((note) => [`${note.file}\n${note.reason}`, note]));
  return Array.from(distinct.values()).toSorted((one, other) => (one.file < other.file ? -1 : 1));
}

function byPath(one: SourceRecord, other: SourceRecord): number {
  return one.path < other.path ? -1 : 1;
}

function without(ids: ReadonlySet<string>, others: readonly string[]): readonly string[] {
  const out = new Set(others);
  return Array.from(ids)
    .filter((id) => !out.has(id))
    .toSorted();
}
