import { createBreather } from '../domain/breather.ts';
import { articleFingerprint } from '../domain/fingerprint.ts';
import type { FileNote } from '../domain/ingest-job.ts';
import type { IndexWriter, SourceRecord } from '../domain/ports.ts';
import { maxListedFailures } from './limits.ts';
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
   * @returns undefined when it has an article of a file that is yet to be taken, see {@link IngestPlan.postponed}.
   */
  take(file: ReadFile): Promise<TakenFile | undefined>;
  /** Files that are to be taken once more, after all others: then it is known which of their articles are free. */
  postponed(): readonly string[];
  /** Ids of the articles that no file holds any more; complete once every file has been taken. */
  removed(): Promise<readonly string[]>;
  /** What became of the articles, in the order of their files. */
  report(): Promise<{
    readonly added: readonly string[];
    readonly changed: readonly string[];
    readonly unchanged: readonly string[];
    readonly failed: readonly FileNote[];
    readonly files: ReadonlyMap<string, readonly string[]>;
  }>;
}

/** What is to be done about a file. */
export interface TakenFile {
  /** Its articles that are new or changed. */
  readonly changed: readonly PreparedArticle[];
  /** What is to be remembered of it once they are stored. */
  readonly record?: SourceRecord;
}

/** Begins with what is known without reading anything: the files that did not change keep their articles. */
export async function createIngestPlan({
  survey,
  writer,
  isWithdrawn,
}: {
  readonly survey: CorpusSurvey;
  readonly writer: Pick<IndexWriter, 'fingerprints' | 'sources'>;
  readonly isWithdrawn: (articleId: string) => boolean;
}): Promise<IngestPlan> {
  const breathe = createBreather();
  const { fingerprints, sources } = writer;
  const outcomes = new Map<string, 'added' | 'changed' | 'unchanged'>();
  const failed: FileNote[] = [];
  const files = new Map<string, readonly string[]>();
  /** The file of each article. An article stays with the file that has held it, whatever is added. */
  const owners = new Map<string, string>();
  /** Files of which it is not known yet whether they still hold what is theirs. */
  const uncertain = new Set(survey.toRead);
  const postponed: string[] = [];

  const heldBefore = (path: string) =>
    (sources.get(path)?.articles ?? []).filter((id) => !isWithdrawn(id) && (owners.get(id) ?? path) === path);

  const fail = (file: string, reasons: readonly string[]) => {
    for (const reason of reasons) failed.push({ file, reason });
  };

  /** Nothing new is known of the file, so what it held stays. */
  function keep(path: string): readonly string[] {
    const articles = heldBefore(path);
    for (const id of articles) owners.set(id, path);
    if (articles.length > 0) files.set(path, articles);
    return articles;
  }

  for (const { path, failures } of survey.same) {
    await breathe();
    for (const id of keep(path)) outcomes.set(id, 'unchanged');
    fail(path, failures);
  }
  for (const { path } of survey.unseen) {
    await breathe();
    keep(path);
  }
  for (const { file, reason } of survey.failed) {
    keep(file);
    fail(file, [reason]);
  }
  for (const path of survey.toRead) {
    await breathe();
    for (const id of heldBefore(path)) owners.set(id, path);
  }

  async function take(file: ReadFile): Promise<TakenFile | undefined> {
    const { path } = file;
    uncertain.delete(path);
    if (!('parsed' in file)) {
      keep(path);
      fail(path, [file.reason]);
      return { changed: [] };
    }
    const { digest, parsed } = file;
    if (parsed.articles.length === 0 && parsed.failures.length > 0) {
      fail(path, parsed.failures);
      return { changed: [], record: { path, digest, articles: keep(path), failures: parsed.failures } };
    }
    const free = parsed.articles.filter(({ article }) => !isWithdrawn(article.id));
    claim(path, new Set(free.map(({ article }) => article.id)));
    if (free.some(({ article }) => uncertain.has(owners.get(article.id) ?? path))) {
      postponed.push(path);
      return undefined;
    }
    const own = new Map<string, PreparedArticle>();
    const twice: string[] = [];
    const elsewhere: string[] = [];
    for (const entry of free) {
      const { id } = entry.article;
      const owner = owners.get(id) ?? path;
      if (owner !== path) elsewhere.push(conflict(id, owner));
      else if (own.has(id)) twice.push(conflict(id, 'another article of this file'));
      else own.set(id, entry);
    }
    const failures = [...parsed.failures, ...summarised(twice)];
    fail(path, [...failures, ...summarised(elsewhere)]);
    const ids = Array.from(own.keys());
    files.set(path, ids);
    const changed: PreparedArticle[] = [];
    for (const entry of own.values()) {
      await breathe();
      if (isChanged(entry)) changed.push(entry);
    }
    const withdrawn = parsed.articles.map(({ article }) => article.id).filter(isWithdrawn);
    return {
      changed,
      record: {
        path,
        // Where another file has one of its articles: that file may go, and this one then has it.
        digest: elsewhere.length > 0 ? readAgain : rememberedDigest(digest, withdrawn),
        articles: ids,
        failures,
      },
    };
  }

  /** The file holds these articles now: of what it held, it gives up the others, and it has those that nobody has. */
  function claim(path: string, ids: ReadonlySet<string>): void {
    for (const id of heldBefore(path)) if (!ids.has(id)) owners.delete(id);
    for (const id of ids) if (!owners.has(id)) owners.set(id, path);
  }

  function isChanged({ article }: PreparedArticle): boolean {
    const known = fingerprints.get(article.id);
    const isSame = known === articleFingerprint(article, splitterVersion);
    outcomes.set(article.id, known === undefined ? 'added' : isSame ? 'unchanged' : 'changed');
    return !isSame;
  }

  return {
    take,
    postponed: () => postponed,
    async removed() {
      const present = new Set<string>();
      for (const articles of files.values()) {
        await breathe();
        for (const id of articles) present.add(id);
      }
      const gone: string[] = [];
      for (const id of fingerprints.keys()) {
        await breathe();
        if (!present.has(id)) gone.push(id);
      }
      return gone.toSorted();
    },
    async report() {
      const inOrder = Array.from(files).toSorted(([one], [other]) => compare(one, other));
      const having = { added: [] as string[], changed: [] as string[], unchanged: [] as string[] };
      for (const [, articles] of inOrder) {
        await breathe();
        for (const id of articles) {
          const outcome = outcomes.get(id);
          if (outcome) having[outcome].push(id);
        }
      }
      await breathe();
      return {
        ...having,
        failed: failed.toSorted((one, other) => compare(one.file, other.file)),
        files: new Map(inOrder),
      };
    },
  };
}

function conflict(id: string, owner: string): string {
  return `Its id "${id}" is that of ${owner}. Give one of them another id in its front matter, or rename it.`;
}

/** A table under a second name has as many conflicts as it has rows. */
function summarised(conflicts: readonly string[]): readonly string[] {
  const more = conflicts.length - maxListedFailures;
  if (more <= 0) return conflicts;
  return [...conflicts.slice(0, maxListedFailures), `${more} more of its ids are those of other articles.`];
}

/** In the order of code units. */
function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
