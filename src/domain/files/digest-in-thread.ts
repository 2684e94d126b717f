import { compiledModule } from './compiled-module.ts';
import type { FileDigest } from './durable-files.ts';
import { startThread } from './start-thread.ts';

/** Reads a file once, in a thread of its own. @throws what the file system says. */
export function digestInThread(path: string): Promise<FileDigest> {
  const worker = startThread(compiledModule('digest-worker', import.meta.url), path);
  return new Promise((resolve, reject) => {
    worker.once('message', (digest: FileDigest) => resolve(digest));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error(`The thread that reads ${path} has stopped.`)));
  });
}
