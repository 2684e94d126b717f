import { words } from '../../domain/text/words.ts';
import { type DomDocument, removeAll } from './dom.ts';

/** Never part of an article's body. */
const furniture =
  'script, style, noscript, template, nav, aside, footer, form, [role="navigation"], [aria-hidden="true"]';

/** Named as furniture; taken away where it is small, because a whole page can be inside of something so named. */
const namedFurniture = [
  ...['class', 'id'].flatMap((name) => [
    `[${name}*="breadcrumb" i]`,
    `[${name}*="cookie-" i]`,
    `[${name}*="cookieconsent" i]`,
  ]),
  '#cookies',
  '[data-component="byline-block"]',
  '[data-component="links-block"]',
  '[data-component="tag-list"]',
  '.gem-c-metadata',
  '.gem-c-title__context',
].join(', ');

/** Most characters of what is named as furniture. */
const maxNamedLength = 1_500;

/** Fewest words of a heading that is a paragraph: papers mark up their first paragraph as one. */
const sentenceWords = 12;

/** Removes what is no part of an article by its element or its name, and mends markup that would be misread. */
export function removeFurniture(document: DomDocument): void {
  const { body } = document;
  removeAll(body, furniture);
  for (const element of Array.from(body.querySelectorAll(namedFurniture))) {
    const isSmall = (element.textContent ?? '').length <= maxNamedLength;
    if (isSmall && element.querySelector('h1, article, main') === null) element.remove();
  }
  // Style sheets alone set the place apart that a report begins with.
  for (const place of body.querySelectorAll('span[class*="location"], span[class*="dateline"]'))
    place.append(' ');
  for (const heading of Array.from(body.querySelectorAll('h2, h3, h4, h5, h6'))) {
    const text = (heading.textContent ?? '').trim();
    if (!/[.!…]["”’)]*$/u.test(text) || words(text).length < sentenceWords) continue;
    const paragraph = document.createElement('p');
    paragraph.append(...heading.childNodes);
    heading.replaceWith(paragraph);
  }
}
