import type { Citation } from '../protocol/answer.ts';
import { element, link } from './elements.ts';
import { onServer } from './links.ts';
import { sourceLine } from './source-line.ts';
import type { Strings } from './strings.ts';

/** The articles under a reply, each with the numbers of its footnotes. */
export interface SourcesView {
  readonly element: HTMLElement;
  /** Adds the footnotes that are not there yet. */
  update(citations: readonly Citation[]): void;
}

/** An empty list. `makeMarker` makes the button of a footnote. */
export function createSourcesView(options: {
  readonly strings: Strings;
  readonly locale: string;
  readonly endpoint: string;
  readonly makeMarker: (n: number) => HTMLElement;
}): SourcesView {
  const { strings, locale, endpoint, makeMarker } = options;
  const list = element('ul');
  const root = element(
    'section',
    { class: 'sources', 'aria-live': 'off' },
    element('h4', {}, strings.sources),
    list,
  );
  root.hidden = true;
  const markersByArticle = new Map<string, HTMLElement>();
  const shown = new Set<number>();

  const add = (citation: Citation) => {
    const markers = element('span', { class: 'markers' });
    const words = element('div', {}, element('p', { class: 'title' }, citation.title));
    const line = sourceLine(citation, locale);
    if (line.length > 0) words.append(element('p', { class: 'small' }, ...line));
    list.append(element('li', {}, markers, words));
    markersByArticle.set(citation.articleId, markers);
    return markers;
  };
  return {
    element: root,
    update(citations) {
      for (const citation of citations) {
        if (shown.has(citation.n)) continue;
        shown.add(citation.n);
        const markers = markersByArticle.get(citation.articleId) ?? add(citation);
        markers.append(makeMarker(citation.n));
        const copies = copiesOf(citation, { strings, locale, endpoint });
        if (copies) markers.nextElementSibling?.append(copies);
        root.hidden = false;
      }
    },
  };
}

function copiesOf(
  { alsoIn = [] }: Citation,
  { strings, locale, endpoint }: { strings: Strings; locale: string; endpoint: string },
): HTMLElement | undefined {
  if (alsoIn.length === 0) return undefined;
  const copies = alsoIn.flatMap((copy, index) => {
    const address = onServer(`articles/${encodeURIComponent(copy.articleId)}`, endpoint);
    const name = address === undefined ? copy.title : link(address, copy.title);
    const line = sourceLine(copy, locale);
    return [index === 0 ? ' ' : '; ', name, ...(line.length > 0 ? [' (', ...line, ')'] : [])];
  });
  return element('p', { class: 'small' }, strings.alsoIn, ...copies);
}
