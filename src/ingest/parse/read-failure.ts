import { errorMessage, FootnoteError, messageWithRemedy } from '../../domain/errors.ts';
import type { StopReason } from './parse-thread.ts';

const saveAgain = 'Open it in the program that made it and save it again, or add its text in another format.';
const divide = 'Divide it into smaller files';

/** What is said of a file, or of an article in it, that cannot be read because of what it holds. */
export function readFailure(error: unknown): string {
  if (error instanceof FootnoteError) return messageWithRemedy(error);
  // The readers of the formats are recursive.
  if (error instanceof RangeError && /call stack/iu.test(error.message)) {
    return `Its parts stand one inside the other too deeply to be read. ${saveAgain}`;
  }
  return `It could not be read: ${shorten(errorMessage(error))}. ${saveAgain}`;
}

/** What is said of a file whose reading was ended. */
export function stoppedFailure(
  reason: StopReason,
  limits: { readonly timeoutMs: number; readonly memoryMb: number },
): string {
  switch (reason) {
    case 'time':
      return `It took more than ${limits.timeoutMs / 1_000} seconds to read. ${divide}, or raise PARSE_TIMEOUT_MS.`;
    case 'memory':
      return `Reading it took more than ${limits.memoryMb} MB of memory. ${divide}, or raise PARSE_MEMORY_MB.`;
    case 'crash':
    case 'unwanted':
      return `Its reader broke down. ${saveAgain}`;
  }
}

/** Messages of libraries can quote what they choke on; they become one short line without its full stop. */
function shorten(message: string): string {
  const line = message.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return (line.length > 150 ? `${line.slice(0, 150)}…` : line).replace(/\.$/u, '');
}
