import { DOMParser } from 'linkedom';

import { FootnoteError } from '../../domain/errors.ts';
import { maxXmlLength } from '../limits.ts';
import { type DomElement, isElement } from './dom.ts';
import { checkNesting } from './markup-depth.ts';

/**
 * The text of an XML file inside a DOCX or EPUB.
 *
 * @throws FootnoteError `unreadable-article` when it is no text, too long, nested too deeply, or defines entities.
 */
export function decodeXml(bytes: Uint8Array, name: string): string {
  const text = decode(bytes);
  if (text === undefined) throw refused(name, 'is not valid text');
  if (text.length > maxXmlLength) throw refused(name, `has more than ${maxXmlLength} characters`);
  if (/<!ENTITY|<!DOCTYPE[^<>[]*\[/iu.test(text)) {
    throw refused(name, 'defines entities, which can be made to fill the memory');
  }
  return text;
}

/** Parses XML without resolving anything outside of it. Element names keep their prefix: `dc:title`. */
export function parseXml(bytes: Uint8Array, name: string): DomElement {
  const text = decodeXml(bytes, name);
  checkNesting(text, { html: false, what: `The file's part ${name}` });
  const document: unknown = new DOMParser().parseFromString(text, 'text/xml');
  if (!hasRoot(document)) throw refused(name, 'is not XML');
  return document.documentElement;
}

/** All elements below `root` with this name, whatever its prefix. */
export function elementsNamed(root: DomElement, name: string): DomElement[] {
  const found: DomElement[] = [];
  let level: DomElement[] = [root];
  while (level.length > 0) {
    const next: DomElement[] = [];
    for (const element of level) {
      if (localNameOf(element) === name) found.push(element);
      for (const child of element.childNodes) if (isElement(child)) next.push(child);
    }
    level = next;
  }
  return found;
}

/** The name of an element without its prefix. */
function localNameOf(element: DomElement): string {
  return element.localName.replace(/^.*:/u, '');
}

function hasRoot(document: unknown): document is { documentElement: DomElement } {
  return (
    typeof document === 'object' &&
    document !== null &&
    'documentElement' in document &&
    typeof document.documentElement === 'object' &&
    document.documentElement !== null
  );
}

function decode(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const label =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function refused(name: string, problem: string): FootnoteError {
  return new FootnoteError('unreadable-article', `The file is refused: its part ${name} ${problem}.`, {
    remedy: 'If you trust it, export it anew from the program that made it.',
  });
}
