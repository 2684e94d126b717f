import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { z } from 'zod';

/** What figures were measured on, and of what. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly version: string;
  /** With `+` where files were changed since; absent where there is no Git. */
  readonly commit?: string;
  readonly date: string;
  /** Processes that wanted to run in the last minute. */
  readonly load: number;
}

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Describes this machine and this state of Footnote. */
export async function describeMachine(): Promise<Machine> {
  const processors = cpus();
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(`${root}package.json`, 'utf8')));
  const commit = await currentCommit();
  return {
    processor: processors[0]?.model.trim() ?? 'unknown processor',
    cores: processors.length,
    memoryGb: totalmem() / 2 ** 30,
    system: `${await systemName()}, ${type()} ${release()}`,
    node: process.versions.node,
    version,
    ...(commit !== undefined && { commit }),
    date: new Date().toISOString().slice(0, 10),
    load: loadavg()[0] ?? 0,
  };
}

async function systemName(): Promise<string> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^PRETTY_NAME="(.+)"$/mu.exec(text)?.[1] ?? process.platform;
}

async function currentCommit(): Promise<string | undefined> {
  const git = async (...options: string[]) =>
    (await promisify(execFile)('git', options, { cwd: root, timeout: 10_000 })).stdout.trim();
  try {
    const changed = await git('status', '--porcelain', '--untracked-files=no');
    return `${await git('rev-parse', '--short=12', 'HEAD')}${changed === '' ? '' : '+'}`;
  } catch {
    return undefined;
  }
}
