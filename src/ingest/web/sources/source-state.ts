import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { errorCode, errorMessage, FootnoteError } from '../../../domain/errors.ts';
import { replaceFile } from '../../../domain/files/durable-files.ts';

/** A look at a source, as it is kept. */
export const lookSchema = z.object({
  /** When the source was looked at last, in milliseconds since 1970. */
  at: z.number(),
  /** Of the feed, sitemap or list, when all of its pages could be had. */
  etag: z.string().max(1_000).exactOptional(),
  lastModified: z.string().max(100).exactOptional(),
});

const stateSchema = z.record(z.string(), lookSchema);

/** The latest look at a source. */
export type SourceLook = z.infer<typeof lookSchema>;

/** When which source was looked at, kept in `ADDED_DIR/web/.state.json`. */
export interface SourceState {
  get(key: string): Promise<SourceLook | undefined>;
  set(key: string, look: SourceLook): Promise<void>;
}

/** Sources that are remembered; those looked at longest ago are forgotten first, and looked at anew. */
const rememberedSources = 5_000;

/** Losing the file costs one look at each source, so a damaged one counts as none. */
export function createSourceState({ addedDir }: { readonly addedDir: string }): SourceState {
  const dir = join(addedDir, 'web');
  const file = join(dir, '.state.json');
  let last: Promise<unknown> = Promise.resolve();
  let known: Promise<Map<string, SourceLook>> | undefined;

  async function read(): Promise<Map<string, SourceLook>> {
    try {
      return new Map(Object.entries(stateSchema.parse(JSON.parse(await readFile(file, 'utf8')))));
    } catch (error) {
      const isNone =
        errorCode(error) === 'ENOENT' || error instanceof SyntaxError || error instanceof z.ZodError;
      if (isNone) return new Map();
      throw unusable(file, error);
    }
  }

  /** Reads once: whoever holds the lock of the index is the only one that writes. */
  function looksOf(): Promise<Map<string, SourceLook>> {
    known ??= read().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  }

  async function write(key: string, look: SourceLook): Promise<void> {
    const looks = (await looksOf()).set(key, look);
    const kept = Array.from(looks).toSorted(([, a], [, b]) => b.at - a.at);
    const content = Object.fromEntries(kept.slice(0, rememberedSources));
    try {
      await mkdir(dir, { recursive: true });
      await replaceFile(file, `${JSON.stringify(content, undefined, 1)}\n`);
    } catch (error) {
      throw unusable(file, error);
    }
  }

  return {
    get: async (key) => (await looksOf()).get(key),
    set(key, look) {
      const next = last.then(() => write(key, look));
      last = next.catch(() => undefined);
      return next;
    },
  };
}

function unusable(file: string, error: unknown): FootnoteError {
  return new FootnoteError('unavailable', `The file ${file} cannot be used: ${errorMessage(error)}`, {
    remedy: 'Free space or mend the permissions of its folder, or name another one with ADDED_DIR.',
    cause: error,
  });
}
