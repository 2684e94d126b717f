import type { AnswerEvidence, Citation } from '../protocol/answer.ts';
import { element } from './elements.ts';
import type { Strings } from './strings.ts';

/** The quotations under a reply, and the markers in it that lead to them. */
export interface FootnotesView {
  readonly element: HTMLElement;
  /** The passages that the quotations come from. */
  addEvidence(evidence: readonly AnswerEvidence[]): void;
  /** Appends a footnote, unless it is there already. */
  addCitation(citation: Citation): void;
  /** A button that leads to footnote `n`, which may still be on its way. */
  makeMarker(n: number): HTMLElement;
}

interface Footnote {
  readonly item: HTMLElement;
  readonly title: string;
}

/** An empty list of footnotes. Dates are written as in `locale`. */
export function createFootnotesView(strings: Strings, locale: string): FootnotesView {
  const list = element('ol');
  const root = element(
    'section',
    { class: 'footnotes', 'aria-live': 'off' },
    element('h3', {}, strings.footnotes),
    list,
  );
  root.hidden = true;
  const passages = new Map<string, AnswerEvidence>();
  const footnotes = new Map<number, Footnote>();
  const lastMarkers = new Map<number, HTMLElement>();

  const goTo = (n: number, marker: HTMLElement) => {
    const target = footnotes.get(n)?.item;
    if (!target) return;
    lastMarkers.set(n, marker);
    document.querySelectorAll('.is-shown').forEach((shown) => shown.classList.remove('is-shown'));
    target.classList.add('is-shown');
    reveal(target);
  };

  return {
    element: root,
    addEvidence(evidence) {
      for (const passage of evidence) passages.set(passage.passageId, passage);
    },
    addCitation(citation) {
      const { n, title } = citation;
      if (footnotes.has(n)) return;
      const back = element(
        'button',
        { type: 'button', class: 'back', 'aria-label': strings.backToText(n) },
        '↩',
      );
      back.addEventListener('click', () => {
        const marker = lastMarkers.get(n);
        if (marker) reveal(marker);
      });
      const passage = passages.get(citation.passageId);
      const language: Record<string, string> = passage ? { lang: passage.language } : {};
      const item = element(
        'li',
        { value: String(n), tabindex: '-1' },
        element('blockquote', language, citation.quote),
        element('p', { class: 'source' }, ...source(citation, strings, locale), ' ', back),
        ...(passage ? context(citation, passage, strings) : []),
      );
      footnotes.set(n, { item, title });
      list.append(item);
      root.hidden = false;
    },
    makeMarker(n) {
      const name = strings.footnote(n, footnotes.get(n)?.title ?? '');
      const marker = element('button', { type: 'button', class: 'marker', 'aria-label': name }, String(n));
      marker.addEventListener('click', () => goTo(n, marker));
      if (!lastMarkers.has(n)) lastMarkers.set(n, marker);
      return marker;
    },
  };
}

/** The passage around the quotation, where there is more of it than the quotation. */
function context({ quote, source: { start } }: Citation, passage: AnswerEvidence, strings: Strings): Node[] {
  const from = start - passage.source.start;
  const to = from + quote.length;
  const { text, language } = passage;
  if (from < 0 || text === quote || text.slice(from, to) !== quote) return [];
  const whole = element(
    'p',
    { lang: language },
    text.slice(0, from),
    element('mark', {}, quote),
    text.slice(to),
  );
  return [element('details', {}, element('summary', {}, strings.inContext), whole)];
}

function source(citation: Citation, strings: Strings, locale: string): (Node | string)[] {
  const { title, publisher, publishedAt } = citation;
  const parts: (Node | string)[] = [element('cite', {}, title)];
  if (publisher !== undefined) parts.push(publisher);
  if (publishedAt !== undefined) {
    parts.push(element('time', { datetime: publishedAt }, dateIn(locale, publishedAt)));
  }
  const link = originalLink(citation.links.original, strings);
  if (link) parts.push(link);
  return parts.flatMap((part, index) => (index === 0 ? [part] : [' · ', part]));
}

function originalLink(address: string | undefined, strings: Strings): HTMLElement | undefined {
  // An article's front matter can hold any address; only web pages are linked, never `javascript:`.
  if (address === undefined || !URL.canParse(address)) return undefined;
  const { protocol } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  return element('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, strings.original);
}

function dateIn(locale: string, date: string): string {
  const parsed = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime())) return date;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(parsed);
}

function reveal(target: HTMLElement): void {
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: 'nearest' });
}
