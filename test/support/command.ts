import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';

import { projectDir } from './folders.ts';

/** How a command ended. */
export interface CommandResult {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  /** Working folder. */
  readonly cwd: string;
  /** The whole environment besides what the system needs. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A command that runs. */
export interface RunningCommand {
  readonly finished: Promise<CommandResult>;
  /** The first match of `pattern` in what the command has printed. @throws Error when it ends without one. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  signal(name: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void;
}

type CommandName = 'ask' | 'feedback' | 'ingest' | 'keys' | 'migrate-store' | 'serve' | 'verify' | 'worker';

/** Runs a compiled command to its end. */
export function runCommand(
  name: CommandName,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  return startCommand(name, args, options).finished;
}

/** Starts a compiled command (`npm test` compiles before the tests). */
export function startCommand(
  name: CommandName,
  args: readonly string[],
  { cwd, env = {} }: CommandOptions,
): RunningCommand {
  const { PATH = '', HOME = '' } = process.env;
  const script = join(projectDir, 'dist', 'cli', `${name}.js`);
  const child = spawn(process.execPath, [script, ...args], {
    cwd,
    // Starting a thread takes longer than what a test has for a second one.
    env: { PATH, HOME, EMBEDDING_WORKERS: '1', PARSE_WORKERS: '1', ...env },
  });
  child.stdin.end();
  const output = readOutput(child);
  const finished = once(child, 'close').then((): CommandResult => ({
    code: child.exitCode,
    stdout: output.stdout(),
    stderr: output.stderr(),
  }));
  return {
    finished,
    signal: (signal) => child.kill(signal),
    async printed(pattern) {
      const ended = finished.then(() => true);
      for (let last = false; ;) {
        const found = pattern.exec(`${output.stdout()}\n${output.stderr()}`);
        if (found) return found;
        if (last) throw new Error(`The command ended without ${pattern}.\n${output.stderr()}`);
        last = await Promise.race([output.more(), ended]);
      }
    },
  };
}

function readOutput({ stdout, stderr }: ChildProcessWithoutNullStreams) {
  const text = { stdout: '', stderr: '' };
  const waiting: (() => void)[] = [];
  const add = (name: 'stdout' | 'stderr') => (chunk: string) => {
    text[name] += chunk;
    for (const wake of waiting.splice(0)) wake();
  };
  stdout.setEncoding('utf8').on('data', add('stdout'));
  stderr.setEncoding('utf8').on('data', add('stderr'));
  return {
    stdout: () => text.stdout,
    stderr: () => text.stderr,
    more: () => new Promise<false>((wake) => waiting.push(() => wake(false))),
  };
}
