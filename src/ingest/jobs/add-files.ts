import { extname } from 'node:path';

import type { Article } from '../../domain/article.ts';
import type { FileNote, IngestJobResult } from '../../domain/ingest-job.ts';
import type { StagedFile } from '../added/staged-job.ts';
import type { Withdrawals } from '../added/withdrawn.ts';
import { articleExtensions } from '../extract/article-extensions.ts';
import { maxListedFailures } from '../limits.ts';
import type { JobParts, Prepared, RunReport, WorkUnderWay } from './job-parts.ts';

/** Files that are read at a time before any takes its place. */
const filesAtOnce = 4;

/** What the programs that write them can also write as DOCX. */
const olderFormats: ReadonlySet<string> = new Set(['.doc', '.rtf', '.odt']);

/** What reading a file before it takes its place has shown. */
type Checked =
  | { readonly file: StagedFile; readonly path: string; readonly refused: readonly string[] }
  | {
      readonly file: StagedFile;
      readonly path: string;
      readonly articles: readonly Pick<Article, 'id' | 'sourceUrl'>[];
    };

/**
 * Puts the files of a job in their places: those that can be read, so that what was there before stays where the new one is
 * of no use.
 */
export async function addFiles(parts: JobParts, work: WorkUnderWay): Promise<Prepared> {
  const { job, sources } = work;
  const files = job.task.type === 'add' ? job.task.files : [];
  const checked = await checkFiles(files, parts, work);
  const withdrawals = await parts.withdrawn.read();
  const failed: FileNote[] = [];
  const good: Exclude<Checked, { refused: unknown }>[] = [];
  for (const entry of checked) {
    const refused = 'refused' in entry ? entry.refused : claim(entry, work, withdrawals);
    failed.push(...refused.map((reason) => ({ file: entry.path, reason })));
    if (!('refused' in entry) && refused.length === 0) good.push(entry);
  }
  const welcome = good.flatMap(({ path, articles }) =>
    articles.filter(({ id }) => work.claimed.get(id) === path),
  );
  await parts.withdrawn.restore({
    articleIds: welcome.map(({ id }) => id),
    urls: welcome.flatMap(({ sourceUrl }) => sourceUrl ?? []),
    files: good.map(({ path }) => path),
  });
  const paths = await parts.added.place(
    job,
    good.map(({ file }) => file),
  );
  const before = sources.filter(({ path }) => paths.includes(path)).flatMap(({ articles }) => articles);
  return { touched: paths, result: (report) => resultOfFiles(report, { paths, before, failed }) };
}

/** What an ingest did with some of the files, of which the index had the articles `before`. */
export function resultOfFiles(
  report: RunReport,
  of: {
    readonly paths: readonly string[];
    readonly before: readonly string[];
    readonly failed: readonly FileNote[];
  },
): IngestJobResult {
  const ids = new Set(of.paths.flatMap((path) => report.files.get(path) ?? []));
  const before = new Set(of.before);
  const own = (id: string) => ids.has(id);
  return {
    added: report.added.filter(own),
    changed: report.changed.filter(own),
    unchanged: report.unchanged.filter(own),
    removed: report.removed.filter((id) => before.has(id)),
    failed: [...of.failed, ...report.failed.filter(({ file }) => of.paths.includes(file))],
    generation: report.generation.id,
  };
}

async function checkFiles(
  files: readonly StagedFile[],
  parts: JobParts,
  work: WorkUnderWay,
): Promise<Checked[]> {
  const checked: Checked[] = [];
  for (let first = 0; first < files.length; first += filesAtOnce) {
    work.signal.throwIfAborted();
    const some = files.slice(first, first + filesAtOnce);
    checked.push(...(await Promise.all(some.map((file) => check(file, parts, work)))));
    work.onProgress({ phase: 'reading', done: checked.length, total: files.length });
  }
  return checked;
}

async function check(
  file: StagedFile,
  { added, parser }: JobParts,
  { job, signal, sources }: WorkUnderWay,
): Promise<Checked> {
  const path = await added.pathOf(file);
  const extension = extname(file.name).toLowerCase();
  if (!articleExtensions.some((known) => known === extension)) {
    const formats = articleExtensions.join(', ');
    const advice = olderFormats.has(extension) ? ' Save it as .docx and add that.' : '';
    return {
      file,
      path,
      refused: [`Its name does not end in that of a format that is read: ${formats}.${advice}`],
    };
  }
  const bytes = await added.readStaged(job, file);
  // It took its place before the process ended.
  if (!bytes) return { file, path, articles: [] };
  const given = await givenOf(file, path, { added });
  const parsed = await parser.parse({ file: path, bytes, hints: given ? { given } : {} }, { signal });
  if (parsed.articles.length === 0) {
    const kept = sources.some((source) => source.path === path && source.articles.length > 0);
    const reasons = parsed.failures.length > 0 ? parsed.failures : ['It holds no article.'];
    const note = kept ? ['The earlier file of this name stays as it is.'] : [];
    return { file, path, refused: [[...reasons, ...note].join(' ')] };
  }
  const articles = parsed.articles.map(({ article: { id, sourceUrl } }) => ({
    id,
    ...(sourceUrl !== undefined && { sourceUrl }),
  }));
  return { file, path, articles };
}

/** With the id that the file has from before, as it will have once it is in its place. */
async function givenOf(file: StagedFile, path: string, { added }: Pick<JobParts, 'added'>) {
  if (file.given?.id !== undefined) return file.given;
  const earlier = await added.sidecar(path).catch(() => undefined);
  const id = earlier?.given?.id;
  return id === undefined ? file.given : { ...file.given, id };
}

/** Why the file cannot be taken: each of its articles has the id of one that another file holds. */
function claim(
  { path, articles }: { readonly path: string; readonly articles: readonly Pick<Article, 'id'>[] },
  { sources, ownerOf, claimed }: WorkUnderWay,
  { list }: Withdrawals,
): readonly string[] {
  const known = new Set(sources.map((source) => source.path));
  const withdrawnFrom = new Map(list.map(({ articleId, file }) => [articleId, file]));
  const reasons: string[] = [];
  const free: string[] = [];
  for (const { id } of articles) {
    const withdrawnFile = withdrawnFrom.get(id);
    const owner =
      claimed.get(id) ??
      ownerOf(id) ??
      (withdrawnFile !== undefined && known.has(withdrawnFile) ? withdrawnFile : undefined);
    if (owner === undefined || owner === path) {
      free.push(id);
      continue;
    }
    const state =
      owner === withdrawnFile ? 'which holds it and from which it is withdrawn' : 'which holds it';
    reasons.push(
      `Its id "${id}" is that of the article in ${owner}, ${state}. Change that file, or give this one another id.`,
    );
  }
  if (free.length === 0) return reasons.slice(0, maxListedFailures);
  for (const id of free) claimed.set(id, path);
  return [];
}
