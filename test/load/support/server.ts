import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { type Measurement, measurementSchema } from './measure.ts';

/** A server to be tried. */
export interface TestedServer {
  readonly url: string;
  /** Its index folder; undefined where it was started by somebody else. */
  readonly folder: string | undefined;
  /** What it uses; undefined where it was started by somebody else. */
  measure(options?: { readonly collect?: boolean }): Promise<Measurement | undefined>;
  /** Ends it, removes what it has written, and says how it ended. */
  close(): Promise<{ readonly code: number | null; readonly errors: readonly string[] }>;
}

const root = fileURLToPath(new URL('../../../..', import.meta.url));

/**
 * What the environment must not decide. All limits are the defaults but that of the rate, which would refuse a client that
 * plays many readers.
 */
const settings = {
  RATE_LIMIT: 'off',
  LOG_LEVEL: 'warn',
  LOG_FORMAT: 'json',
  HOST: '127.0.0.1',
  PORT: '0',
  EMBEDDINGS: 'bundled',
};

/** A server that runs already. */
export function otherServer(url: string): TestedServer {
  return {
    url: url.replace(/\/$/u, ''),
    folder: undefined,
    measure: () => Promise.resolve(undefined),
    close: () => Promise.resolve({ code: 0, errors: [] }),
  };
}

/**
 * Starts the compiled server on a free port with articles of `corpus/`, in a temporary folder.
 *
 * @param options.articles - at most so many of each language; all when absent.
 */
export async function startServer({ articles }: { readonly articles?: number } = {}): Promise<TestedServer> {
  const folder = await mkdtemp(join(tmpdir(), 'footnote-load-'));
  const corpus = join(folder, 'corpus');
  for (const language of ['en', 'vi']) {
    const from = join(root, 'corpus', language);
    for (const file of (await readdir(from)).toSorted().slice(0, articles)) {
      await cp(join(from, file), join(corpus, language, file), { recursive: true });
    }
  }
  const { PATH = '', HOME = '' } = process.env;
  const probe = new URL('probe.js', import.meta.url).href;
  const child = spawn(
    process.execPath,
    ['--expose-gc', '--import', probe, join(root, 'dist', 'cli', 'serve.js')],
    {
      cwd: folder,
      env: {
        PATH,
        HOME,
        ...settings,
        CORPUS_DIR: corpus,
        INDEX_DIR: join(folder, 'index'),
        ADDED_DIR: join(folder, 'added'),
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  const errors: string[] = [];
  if (child.stderr) {
    createInterface(child.stderr).on('line', (line) => {
      if (!/^\w+ \d+ % \(/u.test(line)) errors.push(line);
    });
  }
  const exited = once(child, 'exit');
  const close = async () => {
    if (child.exitCode === null) child.kill('SIGTERM');
    await exited;
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    return { code: child.exitCode, errors };
  };
  try {
    const lines = child.stdout ? createInterface(child.stdout) : [];
    for await (const line of lines) {
      const url = /^Footnote answers on (?<url>\S+)$/u.exec(line)?.groups?.['url'];
      if (url !== undefined) {
        child.stdout?.resume();
        return { url, folder: join(folder, 'index'), measure, close };
      }
    }
  } catch (error) {
    errors.push(String(error));
  }
  await close();
  throw new Error(`The server has not started. ${errors.join('\n')}`);

  async function measure({ collect = false } = {}): Promise<Measurement> {
    const answered = once(child, 'message');
    child.send(collect ? 'measure after collecting' : 'measure');
    const [message]: unknown[] = await answered;
    return { ...measurementSchema.parse(message), at: performance.now(), files: await openFiles(child.pid) };
  }
}

async function openFiles(pid: number | undefined): Promise<number | undefined> {
  try {
    return (await readdir(`/proc/${pid}/fd`)).length;
  } catch {
    return undefined;
  }
}
