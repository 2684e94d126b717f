import { FootnoteError } from '../../../domain/errors.ts';
import { maxXmlDepth } from '../limits.ts';

/** A piece of an XML document. Names are in lower case, with their prefix. */
export type XmlToken =
  | { readonly kind: 'open' | 'close'; readonly name: string; readonly depth: number }
  | { readonly kind: 'text'; readonly text: string };

/**
 * Walks through the elements and texts of an XML document in one pass, in time that grows with its length only.
 * Nothing is resolved: entities that a document declares itself are a reason to refuse it, because a short document can
 * stand for a huge text with them.
 *
 * @throws FootnoteError `unreadable-article` for declared entities, and for elements nested deeper than 128.
 */
export function* xmlTokens(xml: string): Generator<XmlToken> {
  let depth = 0;
  let at = 0;
  while (at < xml.length) {
    const start = xml.indexOf('<', at);
    if (start !== at) {
      yield { kind: 'text', text: decodeEntities(xml.slice(at, start === -1 ? undefined : start)) };
      if (start === -1) return;
    }
    if (xml.startsWith('<!--', start)) at = after(xml, '-->', start + 4);
    else if (xml.startsWith('<![CDATA[', start)) {
      at = after(xml, ']]>', start);
      yield { kind: 'text', text: xml.slice(start + 9, xml.endsWith(']]>', at) ? at - 3 : at) };
    } else if (xml.startsWith('<?', start)) at = after(xml, '?>', start);
    else if (xml.startsWith('<!', start)) at = afterDoctype(xml, start);
    else {
      at = afterTag(xml, start);
      const isClose = xml[start + 1] === '/';
      const name =
        /^[^\s/>]*/u.exec(xml.slice(start + (isClose ? 2 : 1), Math.min(at, start + 200)))?.[0] ?? '';
      const isEmpty = xml[at - 2] === '/';
      if (isClose) depth = Math.max(0, depth - 1);
      yield { kind: isClose ? 'close' : 'open', name: name.toLowerCase(), depth };
      if (!isClose && isEmpty) yield { kind: 'close', name: name.toLowerCase(), depth };
      if (!isClose && !isEmpty) depth += 1;
      if (depth > maxXmlDepth) throw unfit(`its elements are nested deeper than ${maxXmlDepth}`);
    }
  }
}

/** The name of the outermost element, in lower case; `undefined` for what has none. */
export function rootElement(xml: string): string | undefined {
  for (const token of xmlTokens(xml)) if (token.kind === 'open') return token.name;
  return undefined;
}

/** A name without its prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function after(xml: string, end: string, from: number): number {
  const found = xml.indexOf(end, from);
  return found === -1 ? xml.length : found + end.length;
}

function afterDoctype(xml: string, start: number): number {
  if (/^<!ENTITY/iu.test(xml.slice(start, start + 8))) throw unfit('it declares entities of its own');
  const end = after(xml, '>', start);
  const bracket = xml.indexOf('[', start);
  if (bracket === -1 || bracket > end) return end;
  const subsetEnd = after(xml, ']', bracket);
  if (/<!ENTITY/iu.test(xml.slice(bracket, subsetEnd))) throw unfit('it declares entities of its own');
  return after(xml, '>', subsetEnd);
}

/** Behind the tag that begins at `start`; a `>` within quotes does not end it. */
function afterTag(xml: string, start: number): number {
  let quote = '';
  for (let at = start + 1; at < xml.length; at += 1) {
    const character = xml[at] ?? '';
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '>') return at + 1;
    else if (character === '"' || character === "'") quote = character;
  }
  return xml.length;
}

const named: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/giu,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return named.get(name.toLowerCase()) ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
    },
  );
}

function unfit(why: string): FootnoteError {
  return new FootnoteError('unreadable-article', `The document is refused: ${why}.`);
}
