import type { Span } from '../domain/span.ts';

/** Quotations up to this many characters go whole into a text fragment; longer ones by both ends. */
const wholeQuoteLimit = 120;
const wordsPerEnd = 5;

/**
 * The address of `quote` on its original page, with a text fragment that makes the browser scroll to it
 * (WICG, "URL Fragment Text Directives").
 */
export function originalLink(sourceUrl: string, quote: string): string {
  const base = sourceUrl.split('#', 1)[0] ?? sourceUrl;
  const parts = quote.split(/\s+/u);
  const directive =
    quote.length <= wholeQuoteLimit || parts.length <= 2 * wordsPerEnd
      ? encodeDirective(quote)
      : `${encodeDirective(parts.slice(0, wordsPerEnd).join(' '))},${encodeDirective(parts.slice(-wordsPerEnd).join(' '))}`;
  return `${base}#:~:text=${directive}`;
}

/** The article on this server with the span highlighted. */
export function readerLink(articleId: string, span: Span): string {
  return `/articles/${encodeURIComponent(articleId)}?cite=${span.start}-${span.end}`;
}

/** The passage in this server's API. */
export function passageLink(passageId: string): string {
  return `/api/passages/${encodeURIComponent(passageId)}`;
}

// `-`, `,` and `&` mean something in a text directive. Lone surrogates cannot be encoded, so they go.
function encodeDirective(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('-', '%2D');
}
