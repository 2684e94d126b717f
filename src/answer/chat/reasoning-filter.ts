const open = '<think>';
const close = '</think>';

/**
 * Removes the `<think>…</think>` with which reasoning models begin when their server does not separate it.
 * Elsewhere in the text the tags are left alone.
 *
 * @returns a function that takes the next piece of text and returns what is to be kept of it.
 */
export function createReasoningFilter(): (piece: string) => string {
  let state: 'start' | 'reasoning' | 'text' = 'start';
  let held = '';
  return (piece) => {
    if (state === 'text') return piece;
    held += piece;
    if (state === 'start') {
      const begin = held.trimStart();
      if (begin.length < open.length && open.startsWith(begin)) return '';
      state = begin.startsWith(open) ? 'reasoning' : 'text';
    }
    const end = state === 'reasoning' ? held.indexOf(close) : 0;
    if (end < 0) {
      // Only what may be the beginning of the closing tag is needed again.
      held = held.slice(-close.length);
      return '';
    }
    const kept = state === 'reasoning' ? held.slice(end + close.length) : held;
    state = 'text';
    held = '';
    return kept;
  };
}
