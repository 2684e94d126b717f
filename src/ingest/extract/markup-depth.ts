import { FootnoteError } from '../../domain/errors.ts';
import { maxHtmlDepth, maxHtmlLength, maxHtmlTags } from '../limits.ts';

/** Elements without an end tag, and those that the next of their kind ends. */
const unclosed = new Set(
  `area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody tfoot option
   optgroup rt rp colgroup`.split(/\s+/u),
);

const tagOrStray = /<(\/?)([a-z][\w:.-]*)(?![\w:.-])([^<>]*)>|</giu;

/** The scan knows less than a parser; where it is wrong by less than this, the parser decides. */
const margin = 4;

/**
 * Refuses markup that a parser would take very long for, in one pass over its text.
 *
 * @throws FootnoteError `unreadable-article`
 */
export function checkNesting(markup: string, { html }: { readonly html: boolean }): void {
  let depth = 0;
  let tags = 0;
  if (html && markup.length > maxHtmlLength) throw tooLarge(`has more than ${maxHtmlLength} characters`);
  // Tags only: `[^<>]` keeps the search from running to the end of the text for each `<`.
  for (const [whole, slash, name = '', rest = ''] of markup.matchAll(tagOrStray)) {
    tags += 1;
    if (html && tags > maxHtmlTags) throw tooLarge(`has more than ${maxHtmlTags} tags`);
    const counts = whole !== '<' && !(html && unclosed.has(name.toLowerCase()));
    if (counts && slash === '/') depth = Math.max(0, depth - 1);
    else if (counts && !rest.endsWith('/')) depth += 1;
    if (depth > maxHtmlDepth * margin) throw tooDeep();
  }
}

/** What is said of a page whose elements stand in one another too deeply. */
export function tooDeep(): FootnoteError {
  return new FootnoteError(
    'unreadable-article',
    `The page nests more than ${maxHtmlDepth} elements in one another.`,
    { remedy: 'Save its text as a .txt file.' },
  );
}

function tooLarge(problem: string): FootnoteError {
  return new FootnoteError('unreadable-article', `The page ${problem}.`, {
    remedy: 'Save its text as a .txt file.',
  });
}
