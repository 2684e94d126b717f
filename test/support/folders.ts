import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of `package.json`. */
export const projectDir = fileURLToPath(new URL('../..', import.meta.url));

/** The articles that the project ships with. */
export const shippedCorpus = join(projectDir, 'corpus');

/** A temporary folder, removed by `remove`. */
export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** Creates an empty folder in the system's folder for temporary files. */
export async function createFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), 'footnote-test-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) };
}

/** Writes `files`, by their path relative to `dir`. */
export async function writeFiles(dir: string, files: Readonly<Record<string, string | Uint8Array>>) {
  for (const [name, content] of Object.entries(files)) {
    const path = join(dir, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}
