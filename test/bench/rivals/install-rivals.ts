import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const source = fileURLToPath(new URL('../../../../test/bench/rivals/', import.meta.url));
/** Beside the compiled modules that import them; out of sight for everything that looks through the repository. */
const target = fileURLToPath(new URL('.', import.meta.url));
const files = ['package.json', 'package-lock.json', '.npmrc'];

/**
 * Installs what Footnote's vector store is compared with, unless it is there: about 380 MB from the npm registry, without
 * running any package's scripts.
 *
 * @returns why it could not be installed; undefined when it is there.
 */
export async function installRivals(progress: (text: string) => void): Promise<string | undefined> {
  const lock = await readFile(join(source, 'package-lock.json'), 'utf8');
  const marker = join(target, '.installed');
  if ((await readFile(marker, 'utf8').catch(() => undefined)) === lock) return undefined;
  progress('vectors: installing what Footnote is compared with');
  try {
    await mkdir(target, { recursive: true });
    for (const file of files) await cp(join(source, file), join(target, file));
    await promisify(execFile)('npm', ['ci', '--no-audit', '--no-fund'], { cwd: target, timeout: 300_000 });
    await writeFile(marker, lock);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.trim().split('\n').slice(0, 3).join(' ') : String(error);
  }
}
