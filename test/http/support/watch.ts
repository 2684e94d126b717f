import { z } from 'zod';

import { createLogger, type LoggerOptions } from '../../../src/http/logging/create-logger.ts';
import { logRequests } from '../../../src/http/logging/log-requests.ts';

const lineSchema = z.looseObject({ time: z.iso.datetime(), level: z.string(), msg: z.string() });

export type LogLine = z.infer<typeof lineSchema>;

/** A log whose lines a test reads. */
export function createTestLog(options: Partial<LoggerOptions> & { readonly withQuestions?: boolean } = {}) {
  const { withQuestions = false, ...rest } = options;
  const text: string[] = [];
  const waiting: (() => void)[] = [];
  const write = (line: string) => {
    text.push(line);
    for (const wake of waiting.splice(0)) wake();
  };
  const logger = createLogger({ level: 'info', format: 'json', write, ...rest });
  const lines = () => text.map((line) => lineSchema.parse(JSON.parse(line)));
  return {
    logger,
    observer: logRequests({ logger, withQuestions }),
    text,
    lines,
    /** The lines, once there are so many: a request is logged when its connection knows of its end. */
    async after(count: number): Promise<LogLine[]> {
      while (text.length < count) await new Promise<void>((wake) => waiting.push(wake));
      return lines();
    },
  };
}
