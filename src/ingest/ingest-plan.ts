import { articleFingerprint } from '../domain/fingerprint.ts';
import type { FileNote } from '../domain/ingest-job.ts';
import type { IndexWriter, SourceRecord } from '../domain/ports.ts';
import type { ReadFile } from './parse-files.ts';
import type { PreparedArticle } from './parse/parsed-file.ts';
import { readAgain, rememberedDigest } from './source-digest.ts';
import { splitterVersion } from './split/version.ts';
import type { CorpusSurvey } from './survey-corpus.ts';

/** Which article belongs to which file, and what becomes of each. */
export interface IngestPlan {
  /**
   * Takes note of a file that was read.
   *
   * @returns its articles that are new or changed, and what is to be remembered of it once they are stored.
   */
  take(file: ReadFile): {
    readonly changed: readonly PreparedArticle[];
    readonly record?: SourceRecord;
  };
  /** Ids of the articles that no file holds any more; complete once every file has been taken. */
  removed(): readonly string[];
  report(): {
    readonly added: readonly string[];
    readonly changed: readonly string[];
    readonly unchanged: readonly string[];
    readonly failed: readonly FileNote[];
    readonly files: ReadonlyMap<string, readonly string[]>;
  };
}

/** Begins with what is known without reading anything: the files that did not change keep their articles. */
export function createIngestPlan({
  survey,
  writer,
  isWithdrawn,
}: {
  readonly survey: CorpusSurvey;
  readonly writer: Pick<IndexWriter, 'fingerprints' | 'sources'>;
  readonly isWithdrawn: (articleId: string) => boolean;
}): IngestPlan {
  const { fingerprints, sources } = writer;
  const added: string[] = [];
  const changed: string[] = [];
  const unchanged: string[] = [];
  const failed: FileNote[] = [];
  const files = new Map<string, readonly string[]>();
  /** The file of each article. An article stays with the file that has held it, whatever is added. */
  const owners = new Map<string, string>();

  const fail = (file: string, reasons: readonly string[]) => {
    failed.push(...reasons.map((reason) => ({ file, reason })));
  };

  /** Nothing new is known of the file, so what it held stays. */
  function keep(path: string): void {
    const articles = (sources.get(path)?.articles ?? []).filter((id) => !isWithdrawn(id));
    for (const id of articles) owners.set(id, path);
    if (articles.length > 0) files.set(path, articles);
  }

  for (const { path, articles, failures } of survey.same) {
    keep(path);
    for (const id of articles) unchanged.push(id);
    fail(path, failures);
  }
  for (const { path } of survey.unseen) keep(path);
  for (const { file, reason } of survey.failed) {
    keep(file);
    fail(file, [reason]);
  }
  for (const path of survey.toRead) {
    for (const id of sources.get(path)?.articles ?? []) if (!isWithdrawn(id)) owners.set(id, path);
  }

  function take(file: ReadFile): ReturnType<IngestPlan['take']> {
    const { path } = file;
    if (!('parsed' in file)) {
      keep(path);
      fail(path, [file.reason]);
      return { changed: [] };
    }
    const { articles, failures } = file.parsed;
    fail(path, failures);
    if (articles.length === 0 && failures.length > 0) {
      keep(path);
      const kept = files.get(path) ?? [];
      return { changed: [], record: { path, digest: file.digest, articles: kept, failures } };
    }
    const withdrawn = articles.map(({ article }) => article.id).filter(isWithdrawn);
    const free = articles.filter(({ article }) => !isWithdrawn(article.id));
    const own = free.filter(({ article }) => claim(article.id, path));
    const ids = own.map(({ article }) => article.id);
    files.set(path, ids);
    // Where another file has one of its articles: that file may go, and this one then has it.
    const digest = own.length < free.length ? readAgain : rememberedDigest(file.digest, withdrawn);
    const changedOnes = own.filter(({ article }) => {
      const known = fingerprints.get(article.id);
      const isSame = known === articleFingerprint(article, splitterVersion);
      (known === undefined ? added : isSame ? unchanged : changed).push(article.id);
      return !isSame;
    });
    return { changed: changedOnes, record: { path, digest, articles: ids, failures } };
  }

  const claimed = new Set<string>();

  /** Whether the article belongs to the file; where it does not, the file has failed in that. */
  function claim(id: string, path: string): boolean {
    const owner = owners.get(id) ?? path;
    const isTwice = owner === path && claimed.has(id);
    if (owner === path && !isTwice) {
      owners.set(id, path);
      claimed.add(id);
      return true;
    }
    const whose = isTwice ? 'another article of this file' : owner;
    fail(path, [
      `Its id "${id}" is that of ${whose}. Give one of them another id in its front matter, or rename it.`,
    ]);
    return false;
  }

  return {
    take,
    removed() {
      const present = new Set(Array.from(files.values()).flat());
      return Array.from(fingerprints.keys())
        .filter((id) => !present.has(id))
        .toSorted();
    },
    report: () => ({ added, changed, unchanged, failed, files }),
  };
}
