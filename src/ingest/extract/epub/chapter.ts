import type { Block } from '../document.ts';
import { type DomElement, parseHtml, removeAll } from '../dom.ts';
import { htmlBlocks } from '../html-blocks.ts';
import { checkNesting } from '../markup-depth.ts';
import { withEndTags } from '../self-closing.ts';
import { decodeXml } from '../xml.ts';

// Kinds of pages that are no text of the book (EPUB Structural Semantics Vocabulary).
const frontKinds =
  /^(?:cover|frontispiece|toc|landmarks|loi|lot|titlepage|halftitlepage|copyright-page|imprint|colophon|index)$/u;

/** The blocks of a page of a book; none where it says that it is a cover, contents, or an imprint. */
export function chapterBlocks(bytes: Uint8Array, name: string): Block[] {
  const markup = decodeXml(bytes, name);
  checkNesting(markup, { html: false, what: `The book's chapter ${name}` });
  const html = withEndTags(markup);
  const document = parseHtml(/<body[\s>]/iu.test(html) ? html : `<html><body>${html}</body></html>`);
  const { body } = document;
  if (isFrontMatter(body)) return [];
  removeAll(body, 'script, style, nav');
  for (const element of Array.from(body.querySelectorAll('a, span, div, section, sup'))) {
    if (isAside(element)) element.remove();
  }
  return htmlBlocks(body, { tables: 'data' });
}

function isFrontMatter(body: DomElement): boolean {
  const children = Array.from(body.querySelectorAll('body > section, body > div'));
  const only = children.length === 1 ? children : [];
  return [body, ...only].some((element) => kindsOf(element).some((kind) => frontKinds.test(kind)));
}

/** The number of a note in the text, and the number of a printed page. */
function isAside(element: DomElement): boolean {
  const kinds = kindsOf(element);
  if (kinds.includes('noteref') || kinds.includes('pagebreak')) return true;
  const text = (element.textContent ?? '').trim();
  return (
    element.localName === 'sup' &&
    element.querySelector('a') !== null &&
    /^\[?(?:\d{1,3}|[*†‡])\]?$/u.test(text)
  );
}

function kindsOf(element: DomElement): string[] {
  return (element.getAttribute('epub:type') ?? '').split(/\s+/u);
}
