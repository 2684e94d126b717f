import { parseHTML } from 'linkedom';

/** The part of the DOM that extraction uses. linkedom's own types need the browser's library, which a server lacks. */
export interface DomNode {
  readonly nodeType: number;
  readonly textContent: string | null;
  readonly childNodes: Iterable<DomNode>;
}

/** An element. `localName` is in lower case. */
export interface DomElement extends DomNode {
  readonly localName: string;
  getAttribute(name: string): string | null;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): Iterable<DomElement>;
  remove(): void;
  append(...nodes: readonly (DomNode | string)[]): void;
  replaceWith(element: DomElement): void;
}

/** A parsed page. */
export interface DomDocument extends DomElement {
  readonly documentElement: DomElement;
  readonly body: DomElement;
  createElement(name: string): DomElement;
}

const elementNode = 1;
const textNode = 3;

/** Parses a whole page. Nothing in it is run or fetched. */
export function parseHtml(html: string): DomDocument {
  const { document }: { document: DomDocument } = parseHTML(html);
  return document;
}

/** Whether `node` is an element. */
export function isElement(node: DomNode): node is DomElement {
  return node.nodeType === elementNode;
}

/** Whether `node` is text. */
export function isText(node: DomNode): boolean {
  return node.nodeType === textNode;
}

/** Removes every element below `root` that matches `selector`. */
export function removeAll(root: DomElement, selector: string): void {
  for (const element of Array.from(root.querySelectorAll(selector))) element.remove();
}
