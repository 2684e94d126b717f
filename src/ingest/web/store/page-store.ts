import { createHash } from 'node:crypto';
import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { canonicalJson } from '../../../domain/canonical-json.ts';
import { errorCode, errorMessage, FootnoteError } from '../../../domain/errors.ts';
import { digestFile } from '../../../domain/files/durable-files.ts';
import { readSidecar, type Sidecar, sidecarEnding, writeSidecar } from '../../added/sidecar.ts';
import { articleExtensions } from '../../extract/article-extensions.ts';
import { plainAddress } from '../documents/canonical-address.ts';
import { createPageFiles, lasting, namesIn } from './page-files.ts';
import { pagePath, pagesPrefix } from './page-path.ts';

/** A page that is kept. */
export interface StoredPage {
  /** Path in the corpus, such as `added/web/example.com/news-0a1b2c3d.html`. */
  readonly file: string;
  readonly sidecar: Sidecar;
}

/** A page to be kept. */
export interface PageToKeep {
  /** Canonical; the page's place follows from it. */
  readonly address: string;
  readonly bytes: Uint8Array;
  /** With its dot. */
  readonly extension: string;
  readonly sidecar: Sidecar;
}

/** The pages that were fetched, as plain files in `ADDED_DIR/web`. All methods throw FootnoteError `unavailable` when it cannot be used. */
export interface PageStore {
  /** Finishes what a crash interrupted. Done before anything else in any case; worth calling before an ingest. */
  recover(): Promise<void>;
  /** The page that is kept under this address, whether canonical or as it was once asked for. */
  find(address: string): Promise<StoredPage | undefined>;
  /** Resolves when the page is on the disk. `changed` is false where the same bytes with the same metadata were there. */
  put(page: PageToKeep): Promise<{ readonly file: string; readonly changed: boolean }>;
  /** Notes that the page was looked at and is as it was. */
  looked(page: StoredPage, sidecar: Sidecar): Promise<void>;
}

/**
 * Pages are put one after the other. What addresses were asked for is read from the sidecars once, at the first need.
 *
 * @param options.addedDir - ADDED_DIR; made with the first page.
 */
export function createPageStore({ addedDir }: { readonly addedDir: string }): PageStore {
  const dir = join(addedDir, 'web');
  const files = createPageFiles(dir);
  /** Path without extension by address as asked for. */
  const aliases = new Map<string, string>();
  let start: Promise<void> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  function ready(): Promise<void> {
    start ??= open().catch((error: unknown) => {
      start = undefined;
      throw error;
    });
    return start;
  }

  async function open(): Promise<void> {
    await files.recover();
    for (const host of await namesIn(dir)) {
      if (host.startsWith('.')) continue;
      for (const name of await namesIn(join(dir, host))) {
        // Left by a crash while a sidecar was being replaced.
        if (name.endsWith(`${sidecarEnding}.tmp`)) await rm(join(dir, host, name), { force: true });
        if (!name.endsWith(sidecarEnding)) continue;
        const page = name.slice(0, -sidecarEnding.length);
        const sidecar = await readSidecar(join(dir, host, page)).catch(ignoreDamaged);
        if (sidecar) remember(sidecar, `${pagesPrefix}${host}/${stem(page)}`);
      }
    }
  }

  function remember({ fetched }: Sidecar, path: string): void {
    if (!fetched) return;
    aliases.set(plainAddress(fetched.url), path);
  }

  /** The file of a page in whatever format, by its path without extension. */
  async function fileOf(path: string): Promise<string | undefined> {
    for (const extension of articleExtensions) {
      if (await isThere(onDisk(path + extension))) return path + extension;
    }
    return undefined;
  }

  async function find(address: string): Promise<StoredPage | undefined> {
    for (const path of [pagePath(plainAddress(address)), aliases.get(plainAddress(address))]) {
      const file = path === undefined ? undefined : await fileOf(path);
      if (file === undefined) continue;
      const sidecar = (await readSidecar(onDisk(file)).catch(ignoreDamaged)) ?? {};
      return { file, sidecar };
    }
    return undefined;
  }

  async function put({ address, bytes, extension, sidecar }: PageToKeep) {
    const path = pagePath(address);
    const file = `${path}${extension}`;
    const before = await fileOf(path);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    remember(sidecar, path);
    if (before === file && (await digestFile(onDisk(file))).sha256 === sha256) {
      const known = await readSidecar(onDisk(file)).catch(ignoreDamaged);
      await writeSidecar(onDisk(file), sidecar);
      return { file, changed: canonicalJson(lasting(known ?? {})) !== canonicalJson(lasting(sidecar)) };
    }
    const relative = (name: string) => name.slice(pagesPrefix.length);
    const replaces = before === undefined || before === file ? [] : [relative(before)];
    await files.place({ path: relative(file), sha256, sidecar, replaces }, bytes);
    return { file, changed: true };
  }

  function onDisk(file: string): string {
    return join(addedDir, file.slice('added/'.length));
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(async () => {
      try {
        await ready();
        return await work();
      } catch (error) {
        throw failure(dir, error);
      }
    });
    last = next.catch(() => undefined);
    return next;
  }

  return {
    recover: () => inTurn(async () => undefined),
    find: (address) => inTurn(() => find(address)),
    put: (page) => inTurn(() => put(page)),
    looked: ({ file }, sidecar) =>
      inTurn(async () => {
        // Deleted meanwhile: a sidecar alone would stay for ever.
        if (await isThere(onDisk(file))) await writeSidecar(onDisk(file), sidecar);
      }),
  };
}

function stem(name: string): string {
  return name.slice(0, name.indexOf('.'));
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** A damaged sidecar of a page says nothing, and is replaced with the next visit. */
function ignoreDamaged(error: unknown): undefined {
  if (error instanceof FootnoteError) return undefined;
  throw error;
}

function failure(dir: string, error: unknown): FootnoteError {
  if (error instanceof FootnoteError) return error;
  const reason = errorCode(error) === 'ENOSPC' ? 'the disk is full' : errorMessage(error);
  return new FootnoteError(
    'unavailable',
    `The folder for fetched pages, ${dir}, cannot be used: ${reason}.`,
    {
      remedy: 'Free space or mend its permissions, or name another folder with ADDED_DIR.',
      cause: error,
    },
  );
}
