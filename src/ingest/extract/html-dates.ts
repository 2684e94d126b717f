import type { FoundBy } from '../../domain/article.ts';
import { normaliseLine } from '../clean/characters.ts';
import { readSignedDate } from '../clean/credits.ts';
import { readDateLine } from '../clean/date-line.ts';
import { type DateOrder, metadataDate } from '../metadata/dates.ts';
import type { DomDocument, DomElement } from './dom.ts';

// Elements whose dates are those of other articles, of comments or of the site.
const elsewhere = ['aside', 'footer', 'nav', '[class*="comment"]', '[id*="comment"]', '[class*="related"]']
  .concat(
    '[id*="related"]',
    '[class*="sidebar"]',
    '[id*="sidebar"]',
    '[class*="widget"]',
    '[class*="recommend"]',
  )
  .concat('[class*="most-read"]', '[class*="latest"]', '[class*="teaser"]');

// Where a page puts its own date, the surest place first.
const places: readonly (readonly [FoundBy, string])[] = [
  ['meta', '[itemprop~="datePublished"]'],
  ['time-element', 'time[pubdate]'],
  ['time-element', 'article header time, main header time, time[class*="publish"]'],
  ['time-element', 'article time, main time, [role="main"] time'],
  ['time-element', 'time'],
  [
    'date-line',
    '.date, .pubdate, .pub-date, .publish-date, .published, .post-date, .entry-date, .news-date, .date-time, .datetime, .detail-time, .time, .posted-on, .submitted',
  ],
];

/** Most elements of one kind that are looked at. */
const maxElements = 50;

/** The date that the elements of a page give it. A date of change counts where there is no other. */
export function elementDate(
  document: DomDocument,
  order: DateOrder | undefined,
): { readonly value: string; readonly by: FoundBy } | undefined {
  const selectors = places.flatMap(([, selector]) => selector.split(', '));
  const others = new Set(
    elsewhere.flatMap((place) =>
      Array.from(
        document.querySelectorAll(selectors.map((selector) => `${place} ${bare(selector)}`).join(', ')),
      ),
    ),
  );
  let changed: { readonly value: string; readonly by: FoundBy } | undefined;
  for (const [by, selector] of places) {
    const elements = Array.from(document.querySelectorAll(selector)).filter(
      (element) => !others.has(element),
    );
    for (const element of elements.slice(0, maxElements)) {
      const value = by === 'date-line' ? lineDate(element, order) : valueDate(element, order);
      if (value === undefined) continue;
      if (!isChange(element)) return { value, by };
      changed ??= { value, by };
    }
  }
  return changed;
}

/** The last part of a selector: below another element, all of it may be missing. */
function bare(selector: string): string {
  return selector.split(' ').at(-1) ?? selector;
}

function valueDate(element: DomElement, order: DateOrder | undefined): string | undefined {
  const values = ['content', 'datetime', 'title'].map((name) => element.getAttribute(name));
  return [...values, normaliseLine(element.textContent ?? '')]
    .map((value) => metadataDate(value ?? '', order))
    .find((date) => date !== undefined);
}

function lineDate(element: DomElement, order: DateOrder | undefined): string | undefined {
  const line = normaliseLine(element.textContent ?? '');
  const found = readDateLine(line) ?? readSignedDate(line)?.date;
  if (!found || found.updated === true) return undefined;
  if (found.monthFirst === undefined || order === 'day-first') return found.date;
  return order === 'month-first' ? found.monthFirst : undefined;
}

function isChange(element: DomElement): boolean {
  const marks = `${element.getAttribute('class') ?? ''} ${element.getAttribute('itemprop') ?? ''}`;
  return /updated|modif/iu.test(marks) && !/publish|entry-date/iu.test(marks);
}
