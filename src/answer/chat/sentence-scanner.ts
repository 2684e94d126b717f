import { findBoundary, startsNote } from './sentence-boundary.ts';
import { createTextFilter } from './text-filter.ts';

/** A sentence as the model wrote it: with pointers, list marks and emphasis. */
export interface RawSentence {
  readonly text: string;
  /** Whether it begins a line. */
  readonly startsLine: boolean;
}

/** Cuts a text that arrives in pieces into sentences, without its notes. The cuts do not depend on the pieces. */
export interface SentenceScanner {
  /** Takes the next piece and returns the sentences that are complete by now. */
  push(piece: string): RawSentence[];
  /** Returns what is left. `truncated`: the text was cut off, so a sentence without an end is dropped. */
  end(options: { truncated: boolean }): RawSentence[];
}

/** Whether a text that was cut off ends with a sentence all the same: "costs 3." may have gone on as "3.5". */
function looksWhole(text: string): boolean {
  return /(?:[\]】］]|[^\d\s][.!?…]["'”’»)*_`]*)\s*$/u.test(text);
}

/** A scanner for one reply. */
export function createSentenceScanner(): SentenceScanner {
  const filter = createTextFilter();
  let isNote = false;
  let buffer = '';
  let position = 0;
  let startsLine = true;

  function take(final: boolean): RawSentence[] {
    const sentences: RawSentence[] = [];
    for (;;) {
      dropLeadingSpace();
      const boundary = findBoundary(buffer, position, final);
      if ('resume' in boundary) {
        position = boundary.resume;
        return sentences;
      }
      sentences.push(...raw(buffer.slice(0, boundary.end)));
      buffer = buffer.slice(boundary.end);
      position = 0;
      startsLine = false;
    }
  }

  /** The sentence, unless it stands in a note below the text, which the model has written as if it were a source. */
  function raw(text: string): RawSentence[] {
    if (startsLine) isNote = startsNote(text, 0);
    return isNote ? [] : [{ text, startsLine }];
  }

  function dropLeadingSpace() {
    const space = /^\s+/u.exec(buffer)?.[0] ?? '';
    if (space === '') return;
    startsLine ||= space.includes('\n');
    buffer = buffer.slice(space.length);
    position = Math.max(0, position - space.length);
  }

  return {
    push(piece) {
      buffer += filter.push(piece);
      return take(false);
    },
    end({ truncated }) {
      buffer += filter.end();
      if (truncated && !looksWhole(buffer)) return [];
      const sentences = take(true);
      if (buffer !== '') sentences.push(...raw(buffer));
      buffer = '';
      return sentences;
    },
  };
}
