import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { z } from 'zod';

import { errorCode } from '../../../domain/errors.ts';
import { digestFile, makeFolder, replaceFile, syncFolder } from '../../../domain/files/durable-files.ts';
import { type Sidecar, sidecarEnding, sidecarSchema, writeSidecar } from '../../added/sidecar.ts';

/** A page to be put into its place. Paths are relative to the folder of the pages. */
const planSchema = z.object({
  path: z.string().regex(/^[a-z0-9][a-z0-9.-]*\/[a-z0-9-]+\.[a-z]+$/u),
  /** Of the page's bytes. */
  sha256: z.string().length(64),
  sidecar: sidecarSchema,
  /** Files of the same page in other formats, which it replaces. */
  replaces: z.array(z.string().regex(/^[a-z0-9][a-z0-9.-]*\/[a-z0-9-]+\.[a-z]+$/u)),
});

/** See {@link planSchema}. */
export type PagePlan = z.infer<typeof planSchema>;

/** Puts pages into a folder so that a crash at any moment leaves each page whole, old or new. */
export interface PageFiles {
  place(plan: PagePlan, bytes: Uint8Array): Promise<void>;
  /** Finishes what a crash interrupted, and removes what is left over. */
  recover(): Promise<void>;
}

/**
 * A page is two files, its bytes and its sidecar, and no file system replaces two files at once. So what is to be done is
 * written down first:
 *
 * 1. the bytes, in a hidden folder, synced;
 * 2. the plan beside them, synced: from here on the new version counts, and `recover` carries it out;
 * 3. the bytes are renamed into place, then the sidecar is replaced, then older formats of the page are removed;
 * 4. the plan is removed.
 *
 * A crash before 2 leaves the old version, untouched. A crash after it is mended by `recover`, which may do any of the
 * steps once more. Should somebody delete the hidden folder in between, the page is new and its sidecar old: its old
 * ETag then fits nothing, so the next visit gets the page in full and writes the sidecar. The other order could pair the new
 * ETag with the old bytes, and the change would never be fetched. A page seen for the first time gets its sidecar before
 * its bytes, so that nobody reads it without.
 *
 * @param dir - `ADDED_DIR/web`; made with the first page.
 */
export function createPageFiles(dir: string): PageFiles {
  // Beside the pages, on one file system with them, and not in the folder that the store of sent files tidies up.
  const incoming = join(dir, '.incoming');

  async function finish(plan: PagePlan, name: string): Promise<void> {
    const target = join(dir, plan.path);
    const bytes = join(incoming, `${name}.bytes`);
    await makeFolder(dirname(target));
    if (!(await exists(target))) await writeSidecar(target, plan.sidecar);
    try {
      await rename(bytes, target);
      await syncFolder(dirname(target));
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
    // Where the bytes are not those of the plan, somebody has replaced or removed them since.
    if ((await digestOf(target)) === plan.sha256) {
      await writeSidecar(target, plan.sidecar);
      for (const old of plan.replaces) await removePage(join(dir, old));
    }
    await rm(join(incoming, `${name}.json`), { force: true });
  }

  return {
    async place(plan, bytes) {
      const name = plan.sha256.slice(0, 32);
      await makeFolder(incoming);
      await writeSynced(join(incoming, `${name}.bytes`), bytes);
      await replaceFile(join(incoming, `${name}.json`), JSON.stringify(plan));
      await finish(plan, name);
    },
    async recover() {
      const names = await namesIn(incoming);
      for (const file of names.filter((name) => name.endsWith('.json'))) {
        const plan = await readPlan(join(incoming, file));
        if (plan) await finish(plan, file.slice(0, -'.json'.length));
      }
      for (const name of names) await rm(join(incoming, name), { force: true });
    },
  };
}

/** Removes a page with its sidecar. */
async function removePage(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(`${path}${sidecarEnding}`, { force: true });
}

/** The names in a folder; none where there is no such folder. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return [];
    throw error;
  }
}

async function readPlan(path: string): Promise<PagePlan | undefined> {
  try {
    return planSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    // Plans are replaced at once, so that one which cannot be read was not written by this code.
    if (error instanceof z.ZodError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'w');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function exists(path: string): Promise<boolean> {
  return (await digestOf(path)) !== undefined;
}

async function digestOf(path: string): Promise<string | undefined> {
  try {
    return (await digestFile(path)).sha256;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** The sidecar without what changes with every visit. */
export function lasting({ fetched, ...rest }: Sidecar) {
  if (!fetched) return rest;
  const { finalUrl, charset } = fetched;
  return { ...rest, fetched: { finalUrl, ...(charset !== undefined && { charset }) } };
}
