import type { Article } from '../protocol/answer.ts';
import { element } from './elements.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where `quote` stands in `text`: at `span`, or the first place elsewhere; undefined where it does not. */
export function findQuote(text: string, quote: string, span: Span): Span | undefined {
  if (text.slice(span.start, span.end) === quote) return span;
  const start = quote === '' ? -1 : text.indexOf(quote);
  return start < 0 ? undefined : { start, end: start + quote.length };
}

/** The paragraphs and headings of an article, with what stands at `mark` in a `mark` element for each paragraph. */
export function articleBody(
  { text, headings }: Pick<Article, 'text' | 'headings'>,
  mark?: Span,
): HTMLElement[] {
  return linesOf(text).map(({ start, end }) => {
    const isHeading = headings.some((heading) => heading.start < end && heading.end > start);
    const from = Math.max(start, mark?.start ?? end);
    const to = Math.min(end, mark?.end ?? start);
    const words =
      from < to
        ? [text.slice(start, from), element('mark', {}, text.slice(from, to)), text.slice(to, end)]
        : [text.slice(start, end)];
    return element(isHeading ? 'h4' : 'p', {}, ...words);
  });
}

function linesOf(text: string): Span[] {
  return Array.from(text.matchAll(/[^\n]*\S[^\n]*/gu), ({ index, 0: line }) => ({
    start: index,
    end: index + line.length,
  }));
}
