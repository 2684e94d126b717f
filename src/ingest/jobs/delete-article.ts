import type { FileNote } from '../../domain/ingest-job.ts';
import type { SourceRecord } from '../../domain/ports.ts';
import type { Withdrawals } from '../added/withdrawn.ts';
import { addedPrefix } from '../load/corpus-roots.ts';
import { readAgain } from '../source-digest.ts';
import type { JobParts, Prepared, WorkUnderWay } from './job-parts.ts';

/** Begins the path of every page that was fetched: its source would bring it back. */
const webPrefix = `${addedPrefix}web/`;

const tableEnding = /\.(?:csv|tsv|jsonl|ndjson)$/iu;

/**
 * Withdraws an article; its file stays, so that it can be restored. With `purge`, the file is removed, where it is ours and holds
 * nothing else.
 */
export async function deleteArticle(
  parts: JobParts,
  { job, sources }: WorkUnderWay,
  { articleId, purge }: { readonly articleId: string; readonly purge: boolean },
): Promise<Prepared> {
  const { added, withdrawn, now } = parts;
  const withdrawals = await withdrawn.read();
  const before = withdrawals.list.find((entry) => entry.articleId === articleId);
  const source =
    sources.find(({ articles }) => articles.includes(articleId)) ??
    sources.find(({ path }) => path === before?.file);
  const isRemovable = source !== undefined && holdsNothingElse(source, articleId, withdrawals);
  const isRemoved = isRemovable && purge;
  const failed: FileNote[] = [];

  // Another file may have an article of this id, which would take its place.
  const mayComeBack = sources.some(({ digest }) => digest === readAgain);
  if (source && (!isRemoved || mayComeBack || source.path.startsWith(webPrefix))) {
    const fetched = isRemovable
      ? (await added.sidecar(source.path).catch(() => undefined))?.fetched
      : undefined;
    const article = await parts.article(articleId);
    const url = fetched?.url ?? article?.sourceUrl ?? before?.url;
    const finalUrl = fetched?.finalUrl ?? before?.finalUrl;
    const title = purge ? undefined : (article?.title ?? before?.title);
    await withdrawn.withdraw({
      articleId,
      file: source.path,
      at: before?.at ?? new Date(now()).toISOString(),
      ...(title !== undefined && { title }),
      ...(url !== undefined && { url }),
      ...(finalUrl !== undefined && { finalUrl }),
      ...(purge && { purged: true }),
    });
  } else if (before && purge) {
    const { title: _title, ...rest } = before;
    await withdrawn.withdraw({ ...rest, purged: true });
  }
  if (source && isRemoved) await added.remove(source.path);
  if (source && !isRemovable && purge) {
    failed.push({
      file: source.path,
      reason: `The article "${articleId}" is withdrawn, but this file still holds its text. Remove it from the file.`,
    });
  }
  return {
    touched: source ? [source.path] : [],
    ...(purge && { afterRun: async () => void (await parts.purge?.purgeArticle(articleId)) }),
    result: (report) => ({
      added: [],
      changed: [],
      unchanged: [],
      removed: job.task.type === 'delete' ? report.removed.filter((id) => id === articleId) : [],
      failed,
      generation: report.generation.id,
    }),
  };
}

function holdsNothingElse(
  { path, articles, failures }: SourceRecord,
  articleId: string,
  { list }: Withdrawals,
): boolean {
  if (!path.startsWith(addedPrefix)) return false;
  const others = [...articles, ...list.filter(({ file }) => file === path).map((entry) => entry.articleId)];
  // A row that cannot be read may be an article yet.
  const mayHoldMore = failures.length > 0 && tableEnding.test(path);
  return others.every((id) => id === articleId) && !mayHoldMore;
}

/** Lifts the withdrawal of an article. */
export async function restoreArticle(parts: JobParts, articleId: string): Promise<Prepared> {
  const [lifted] = await parts.withdrawn.restore({ articleIds: [articleId] });
  return {
    result: (report) => {
      const added = [...report.added, ...report.changed].filter((id) => id === articleId);
      const isThere = added.length > 0 || report.unchanged.includes(articleId);
      const place = lifted?.finalUrl ?? lifted?.url ?? lifted?.file ?? articleId;
      return {
        added,
        changed: [],
        unchanged: isThere && added.length === 0 ? [articleId] : [],
        removed: [],
        failed: isThere
          ? []
          : [{ file: place, reason: `No file holds the article "${articleId}" any more. Add it again.` }],
        generation: report.generation.id,
      };
    },
  };
}
