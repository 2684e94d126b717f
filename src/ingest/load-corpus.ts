import type { Article } from '../domain/article.ts';
import { FootnoteError, errorMessage } from '../domain/errors.ts';
import { type FileNote, listFiles } from './load/list-files.ts';
import { possibleId } from './possible-id.ts';
import { readArticle } from './read-article.ts';

/** What became of one file of the corpus. `done` of `total` files have been read with this one. */
export type LoadedFile = { readonly file: string; readonly done: number; readonly total: number } & (
  | { readonly kind: 'article'; readonly article: Article }
  | { readonly kind: 'skipped'; readonly reason: string }
  /** `id` is the article that the file would have been, where that can be told. */
  | { readonly kind: 'failed'; readonly reason: string; readonly id?: string }
);

/**
 * Reads a corpus folder, one file after the other, in the order of their paths. A file that cannot be read is
 * reported and never stops the rest; so is one whose id another file has already.
 *
 * @throws FootnoteError `configuration` when `dir` is not a readable folder.
 * @throws the signal's reason when it is aborted.
 */
export async function* loadCorpus(options: {
  dir: string;
  signal?: AbortSignal;
}): AsyncGenerator<LoadedFile> {
  const { dir, signal } = options;
  const listing = await listFiles(dir, signal);
  const total = listing.files.length;
  yield* notes('skipped', listing.skipped, total);
  yield* notes('failed', listing.failed, total);
  const owners = new Map<string, string>();
  for (const [index, file] of listing.files.entries()) {
    signal?.throwIfAborted();
    const progress = { file, done: index + 1, total };
    try {
      const article = await readArticle(dir, file, signal);
      const owner = owners.get(article.id);
      owners.set(article.id, owner ?? file);
      if (owner === undefined) yield { ...progress, kind: 'article', article };
      else {
        const reason = `Its id "${article.id}" is that of ${owner}. Give one of them another id in its front matter, or rename it.`;
        yield { ...progress, kind: 'failed', reason, id: article.id };
      }
    } catch (error) {
      signal?.throwIfAborted();
      const id = await possibleId(dir, file);
      yield { ...progress, kind: 'failed', reason: reasonOf(error), ...(id !== undefined && { id }) };
    }
  }
}

function* notes(kind: 'skipped' | 'failed', list: readonly FileNote[], total: number): Generator<LoadedFile> {
  for (const note of list) yield { kind, ...note, done: 0, total };
}

function reasonOf(error: unknown): string {
  const remedy = error instanceof FootnoteError ? error.remedy : undefined;
  return remedy === undefined ? errorMessage(error) : `${errorMessage(error)} ${remedy}`;
}
