import { readFile } from 'node:fs/promises';

import { sha256 } from '../../domain/fingerprint.ts';

/** A module named by a relative path, in an import or in the `URL` of a worker. */
const moduleName = /['"](\.{1,2}\/[^'"\n]+\.[jt]s)['"]/gu;

/**
 * SHA-256 over a module's code and that of all modules of the project that it reaches: another one means that it
 * may do something else.
 */
export async function codeVersion(module: URL): Promise<string> {
  const seen = new Map<string, string>();
  const waiting = [module];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(next.href)) continue;
    const code = await readFile(next, 'utf8').catch(() => '');
    seen.set(next.href, code);
    for (const [, name] of code.matchAll(moduleName)) {
      if (name !== undefined) waiting.push(new URL(name, next));
    }
  }
  const files = Array.from(seen).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sha256(files.map(([, code]) => code).join('\n'));
}
