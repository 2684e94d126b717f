import { parseContentType } from '../net/content-type.ts';
import { decodeDocument } from './decode-document.ts';
import { readUrlList } from './url-list.ts';
import { localName, rootElement } from './xml-tokens.ts';

/** What an address can lead to. */
export type DocumentKind = 'page' | 'feed' | 'sitemap' | 'list';

/** How much of a document is looked at, in bytes. */
const lookBytes = 65_536;

/**
 * Tells by its first characters what a document is. The type that the server says only helps: feeds are served as
 * `text/html`, and sitemaps as `text/plain`.
 */
export function documentKind(bytes: Buffer, contentType: string | undefined): DocumentKind {
  const { type, charset } = parseContentType(contentType);
  const text = decodeDocument(bytes.subarray(0, lookBytes), charset).trimStart();
  if (text.startsWith('<')) return markupKind(text);
  if (text.startsWith('{'))
    return /"version"\s*:\s*"https?:\\?\/\\?\/jsonfeed\.org\\?\//u.test(text) ? 'feed' : 'page';
  if (type !== 'text/plain') return 'page';
  const { pages, rest } = readUrlList(text.slice(0, text.lastIndexOf('\n') + 1) || text);
  return pages.length > 0 && rest.length === 0 ? 'list' : 'page';
}

function markupKind(text: string): DocumentKind {
  // HTML may begin with a type of its own, which is no XML: its name tells, without reading further.
  const root = /^<!doctype\s+html/iu.test(text) ? 'html' : rootElement(text);
  switch (localName(root ?? '')) {
    case 'rss':
    case 'rdf':
    case 'feed': {
      return 'feed';
    }
    case 'urlset':
    case 'sitemapindex': {
      return 'sitemap';
    }
    default: {
      return 'page';
    }
  }
}
