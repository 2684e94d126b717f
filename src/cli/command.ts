import { constants } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';

import { type Config, loadConfig, readDotEnv } from '../config.ts';
import { errorMessage, FootnoteError, isAbortError } from '../domain/errors.ts';

/**
 * A signal within this time after the first, in milliseconds, is the same one again: from a terminal it comes directly and through
 * npm. Who sends another later wants no more waiting.
 */
const repeatedMs = 1_000;

/** What a command was started with. */
export interface CommandInput {
  readonly config: Config;
  /** What stands on the command line besides options. */
  readonly words: readonly string[];
  readonly has: (option: 'corpus' | 'json' | 'watch' | 'purge' | 'offline' | 'replace' | 'print') => boolean;
  /** What was given for an option that is not a setting. */
  readonly option: (
    name:
      | 'name'
      | 'scope'
      | 'expires'
      | 'url'
      | 'kind'
      | 'delete'
      | 'restore'
      | `${'from' | 'to'}${'' | '-schema'}`,
  ) => string | undefined;
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
}

/**
 * Runs a command: reads options and settings, prints what goes wrong as one line with the way to mend it, and
 * sets the exit code: 0 done, 1 failed, 2 wrong usage or settings, 130 interrupted. A second signal ends the process at once.
 */
export async function runCommand(
  usage: string,
  run: (input: CommandInput) => Promise<number | void>,
): Promise<void> {
  const stop = new AbortController();
  let stoppedAt = 0;
  const onSignal = (name: NodeJS.Signals) => {
    if (!stop.signal.aborted) {
      stoppedAt = performance.now();
      stop.abort();
    } else if (performance.now() - stoppedAt > repeatedMs) process.exit(128 + constants.signals[name]);
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    const input = readInput(usage, stop.signal);
    process.exitCode = input ? ((await run(input)) ?? 0) : 0;
  } catch (error) {
    process.exitCode = report(error, stop.signal);
  }
}

function readInput(usage: string, signal: AbortSignal): CommandInput | undefined {
  const { values, positionals } = parseCommandLine(usage);
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return undefined;
  }
  const empty = Object.entries(values).find(([, value]) => value === '');
  if (empty) {
    throw new FootnoteError('configuration', `The option --${empty[0]} is empty.`, { remedy: usage });
  }
  readDotEnv();
  return {
    config: loadConfig({
      CORPUS_DIR: values.corpus,
      INDEX_DIR: values.index,
      ANSWER_LANGUAGE: values.lang,
      TOP_K: values['top-k'],
      HOST: values.host,
      PORT: values.port,
    }),
    words: positionals,
    has: (option) => values[option] !== undefined && values[option] !== false,
    option: (name) => values[name],
    signal,
  };
}

function parseCommandLine(usage: string) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        corpus: text,
        index: text,
        lang: text,
        'top-k': text,
        host: text,
        port: text,
        name: text,
        scope: text,
        expires: text,
        url: text,
        kind: text,
        delete: text,
        restore: text,
        json: { type: 'boolean' },
        watch: { type: 'boolean' },
        purge: { type: 'boolean' },
        offline: { type: 'boolean' },
        from: text,
        to: text,
        'from-schema': text,
        'to-schema': text,
        replace: { type: 'boolean' },
        print: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new FootnoteError('configuration', errorMessage(error), { remedy: usage });
  }
}

function report(error: unknown, signal: AbortSignal): number {
  if (signal.aborted && (isAbortError(error) || error === signal.reason)) {
    process.stderr.write('Interrupted. What was there before is unchanged.\n');
    return 130;
  }
  if (error instanceof FootnoteError) {
    process.stderr.write(`${error.message}${error.remedy ? `\n${error.remedy}` : ''}\n`);
    return error.code === 'configuration' || error.code === 'invalid-request' ? 2 : 1;
  }
  process.stderr.write(`Unexpected failure: ${error instanceof Error ? error.stack : String(error)}\n`);
  return 1;
}
