import { type DomDocument, type DomElement, parseHtml } from '../../../src/ingest/extract/dom.ts';

/** A page as the server sent it. */
export interface OpenedPage {
  readonly response: Response;
  readonly document: DomDocument;
}

/** Fetches and parses a page. */
export async function open(url: string, init?: RequestInit): Promise<OpenedPage> {
  const response = await fetch(url, init);
  return { response, document: parseHtml(await response.text()) };
}

/** The elements that match `selector`, in their order. */
export function elements(page: DomElement, selector: string): DomElement[] {
  return Array.from(page.querySelectorAll(selector));
}

/** The text of the first such element, as it is. */
export function textOf(page: DomElement, selector: string): string | undefined {
  return page.querySelector(selector)?.textContent ?? undefined;
}

/** The text of each such element, trimmed. */
export function textsOf(page: DomElement, selector: string): string[] {
  return elements(page, selector).map(({ textContent }) => textContent?.trim() ?? '');
}

/** The value of `name` on each such element that has it. */
export function attributesOf(page: DomElement, selector: string, name: string): string[] {
  return elements(page, selector).flatMap((element) => element.getAttribute(name) ?? []);
}

/** Every address that the page leads to or loads. */
export function addressesOf(page: DomElement): string[] {
  return [
    ...attributesOf(page, 'a, link', 'href'),
    ...attributesOf(page, 'script', 'src'),
    ...attributesOf(page, 'form', 'action'),
  ];
}

/** The article's text as the page has it, without the footnote numbers, which are not part of it. */
export function articleText(page: DomElement): string {
  elements(page, '.text .number').forEach((number) => number.remove());
  return textOf(page, '.text') ?? '';
}
