import { z } from 'zod';

const lineSchema = z.looseObject({ time: z.string(), level: z.string(), msg: z.string().default('') });
const errorSchema = z.object({ stack: z.string().optional(), message: z.string() });

/** A JSON line of the log for people at a terminal. */
export function prettyLine(json: string): string {
  const { time, level, msg, error, ...fields } = lineSchema.parse(JSON.parse(json));
  const clock = new Date(time).toLocaleTimeString('en-GB');
  const told = Object.entries(fields).flatMap(([name, value]) => describe(name, value));
  const failure = errorSchema.safeParse(error).data;
  const below = failure ? (failure.stack ?? failure.message).split('\n').map((line) => `    ${line}`) : [];
  const line = [clock, level.toUpperCase().padEnd(5), msg, ...told].join(' ');
  return `${[line, ...below].map(printable).join('\n')}\n`;
}

function describe(name: string, value: unknown): string[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([member, inner]) => describe(`${name}.${member}`, inner));
  }
  return [
    `${name}=${typeof value === 'string' && !/^[\w.:/@-]*$/u.test(value) ? JSON.stringify(value) : String(value)}`,
  ];
}

// Whatever an article, a question or a client put there: a terminal obeys control characters.
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\u{fffd}');
}
