import { FootnoteError } from '../../domain/errors.ts';
import { maxHtmlDepth, maxHtmlLength, maxHtmlTags } from '../limits.ts';

/** Elements without an end tag, and those that the next of their kind ends. */
const unclosed = new Set(
  `area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody tfoot option
   optgroup rt rp colgroup`.split(/\s+/u),
);

// After its name a tag goes on with a space, a slash or nothing, so that no shorter name is tried.
const tagOrStray = /<(\/?)([a-z][\w:.-]*)((?:[^\w:.<>-][^<>]*)?)>|</giu;

/** The scan knows less than a parser; where it is wrong by less than this, the parser decides. */
const margin = 4;

/**
 * Refuses markup that a parser would take very long for, in one pass over its text.
 *
 * @param options.what - what it is, as the subject of a sentence.
 * @throws FootnoteError `unreadable-article`
 */
export function checkNesting(
  markup: string,
  { html, what }: { readonly html: boolean; readonly what: string },
): void {
  let depth = 0;
  let tags = 0;
  if (html && markup.length > maxHtmlLength) throw refused(what, `has more than ${maxHtmlLength} characters`);
  // Tags only: `[^<>]` keeps the search from running to the end of the text for each `<`.
  for (const [whole, slash, name = '', rest = ''] of markup.matchAll(tagOrStray)) {
    tags += 1;
    if (html && tags > maxHtmlTags) throw refused(what, `has more than ${maxHtmlTags} tags`);
    const counts = whole !== '<' && !(html && unclosed.has(name.toLowerCase()));
    if (counts && slash === '/') depth = Math.max(0, depth - 1);
    else if (counts && !rest.endsWith('/')) depth += 1;
    if (depth > maxHtmlDepth * margin) throw tooDeep(what);
  }
}

/** What is said of markup whose elements stand in one another too deeply. */
export function tooDeep(what: string): FootnoteError {
  return refused(what, `nests more than ${maxHtmlDepth} elements in one another`);
}

function refused(what: string, problem: string): FootnoteError {
  return new FootnoteError('unreadable-article', `${what} ${problem}.`, {
    remedy: 'Save its text as a .txt file.',
  });
}
