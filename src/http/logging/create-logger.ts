import { pino, stdTimeFunctions } from 'pino';

import { describeError, secretRemover } from './describe-error.ts';
import type { Logger, LogLevel } from './logger.ts';
import { prettyLine } from './pretty-line.ts';

export interface LoggerOptions {
  readonly level: LogLevel;
  /** `json`: one object a line; `pretty`: for people. */
  readonly format: 'json' | 'pretty';
  /** Where lines go, each with its end. */
  readonly write: (line: string) => void;
  /** Texts that no line may hold. */
  readonly secrets?: readonly (string | undefined)[];
}

// Nothing logs a request's headers; should something ever do, these stay out.
const confidential = ['authorization', 'x-api-key', 'cookie', 'apiKey'];

/** Structured lines: `time`, `level`, `msg`, and the fields; an `error` with its stack. */
export function createLogger({ level, format, write, secrets = [] }: LoggerOptions): Logger {
  const clean = secretRemover(secrets);
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: (error: unknown) => describeError(error, clean) },
      redact: {
        paths: confidential.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
        censor: '[removed]',
      },
    },
    { write: (line: string) => write(format === 'pretty' ? prettyLine(line) : line) },
  );
}
