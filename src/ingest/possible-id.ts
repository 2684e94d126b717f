import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

import { decodeText } from './load/decode.ts';
import { isSlug, pathSlug } from './metadata/slug.ts';

/**
 * The id that the article in an unreadable file has had, as far as can be told: the `id:` line of its front
 * matter, else its path. `undefined` for Markdown that cannot even be opened, because its id stands inside.
 */
export async function possibleId(dir: string, file: string): Promise<string | undefined> {
  if (!['.md', '.markdown'].includes(extname(file).toLowerCase())) return pathSlug(file);
  try {
    const text = decodeText(await readFile(join(dir, file)), { html: false });
    const id = /^---[\s\S]{0,4000}?^id:[ \t]*["']?([a-z0-9-]+)/mu.exec(text)?.[1];
    return id !== undefined && isSlug(id) ? id : pathSlug(file);
  } catch {
    return undefined;
  }
}
