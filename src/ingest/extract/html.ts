import { Readability } from '@mozilla/readability';

import { maxHtmlDepth } from '../limits.ts';
import type { Block, ExtractedDocument } from './document.ts';
import { type DomDocument, type DomElement, type DomNode, isElement, parseHtml } from './dom.ts';
import { htmlBlocks } from './html-blocks.ts';
import { removeFurniture } from './html-furniture.ts';
import { htmlMetadata } from './html-metadata.ts';
import { withDateBesideTitle } from './html-title-date.ts';
import { checkNesting, tooDeep } from './markup-depth.ts';
import { wholePage } from './page-markup.ts';
import { withEndTags } from './self-closing.ts';

const thePage = 'The page';

/** A page with more elements than this is not given to Readability, which would take minutes. */
const maxElements = 50_000;

/** Readability's result is taken when it keeps at least this share of the text outside of furniture. */
const minimumShare = 0.25;

/**
 * Reads a web page: its metadata, and its main text as Readability finds it, else all text of its body.
 *
 * @param url - the address that it came from.
 * @throws FootnoteError `unreadable-article` when its elements are too many or nested too deeply.
 */
export function extractHtml(raw: string, url?: string): ExtractedDocument {
  checkNesting(raw, { html: true, what: thePage });
  const document = parsePage(raw);
  if (isTooDeep(document)) throw tooDeep(thePage);
  const metadata = htmlMetadata(document, url);
  const whole = bodyBlocks(document);
  const main = readableBlocks(raw);
  const blocks = length(main) >= length(whole) * minimumShare ? main : whole;
  return { blocks, metadata: withDateBesideTitle(metadata, whole, url), guessHeadings: false };
}

function bodyBlocks(document: DomDocument): Block[] {
  const { body } = document;
  removeFurniture(document);
  for (const child of Array.from(body.childNodes).filter(isSiteHeader)) child.remove();
  return htmlBlocks(body);
}

function readableBlocks(raw: string): Block[] {
  const document = parsePage(raw);
  removeFurniture(document);
  if (Array.from(document.querySelectorAll('*')).length > maxElements) return [];
  const content = new Readability(document, { disableJSONLD: true }).parse()?.content ?? '';
  return content === '' ? [] : htmlBlocks(parsePage(content).body);
}

function parsePage(html: string): DomDocument {
  return parseHtml(wholePage(/^\s*<\?xml\s/u.test(html) ? withEndTags(html) : html));
}

/** Level by level, because recursion would end at the stack's limit. */
function isTooDeep(document: DomDocument): boolean {
  let level: DomNode[] = [document];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxHtmlDepth) return true;
    level = level.flatMap((node) => Array.from(node.childNodes).filter(isElement));
  }
  return false;
}

function isSiteHeader(node: unknown): node is DomElement {
  return typeof node === 'object' && node !== null && 'localName' in node && node.localName === 'header';
}

function length(blocks: readonly Block[]): number {
  return blocks.reduce((total, block) => total + block.text.length, 0);
}
