import type { FoundBy } from '../../domain/article.ts';
import { normaliseLine } from '../clean/characters.ts';
import { readSignedDate } from '../clean/credits.ts';
import { authorName } from '../clean/names.ts';
import { dateOrder, metadataDate } from '../metadata/dates.ts';
import { type Finding, fromFindings } from '../metadata/found-metadata.ts';
import { ownUrl } from '../metadata/urls.ts';
import type { FoundMetadata } from './document.ts';
import type { DomDocument } from './dom.ts';
import { elementDate } from './html-dates.ts';
import { readJsonLd } from './json-ld.ts';

const titles = ['og:title', 'twitter:title', 'dc.title', 'dcterms.title', 'citation_title', 'headline'];
const published =
  `article:published_time datePublished pubdate publishdate publish-date date dc.date dc.date.issued dcterms.issued
   dcterms.date dcterms.created citation_publication_date parsely-pub-date sailthru.date govuk:first-published-at`.split(
    /\s+/u,
  );
const modified = ['article:modified_time', 'og:updated_time', 'dateModified', 'dcterms.modified', 'lastmod'];
const publishers = ['og:site_name', 'application-name', 'dc.publisher', 'dcterms.publisher', 'publisher'];
const authors = [
  'author',
  'article:author',
  'dc.creator',
  'dcterms.creator',
  'parsely-author',
  'citation_author',
];

/**
 * What a page says of itself: JSON-LD first, then OpenGraph, Dublin Core and other `<meta>`, then microdata and `<time>`,
 * `<link>` and `<title>`.
 *
 * @param url - where the page was fetched from; an address of its own counts only when it is of the same host.
 */
export function htmlMetadata(document: DomDocument, url?: string): FoundMetadata {
  const linked = readJsonLd(document);
  const metas = readMetas(document);
  const meta = (names: readonly string[]) => first(names, (name) => metas.get(name.toLowerCase()));
  const attribute = (selector: string, name: string) =>
    document.querySelector(selector)?.getAttribute(name) ?? undefined;
  const text = (selector: string) => clean(document.querySelector(selector)?.textContent);

  const tag =
    clean(document.documentElement.getAttribute('lang')) ??
    clean(attribute('meta[http-equiv="content-language" i]', 'content')) ??
    metas.get('og:locale');
  const order = dateOrder(tag, url);
  const date = (value: string | undefined) => (value === undefined ? undefined : metadataDate(value, order));
  const publisher = firstFinding(
    ['json-ld', linked.publisher],
    ['meta', meta(publishers.slice(0, -1)) ?? notUrl(metas.get('publisher'))],
    ['meta', text('[itemprop="publisher"] [itemprop="name"]')],
  );
  const title = firstFinding(
    ['json-ld', linked.title],
    ['meta', meta(titles)],
    ['page-title', text('title')],
    ['heading', text('h1')],
  );
  return fromFindings({
    title: title && { ...title, value: ownTitle(title.value, publisher?.value, text('h1')) },
    publishedAt:
      firstFinding(
        ['json-ld', date(linked.publishedAt)],
        ['meta', first(published, (name) => date(metas.get(name.toLowerCase())))],
      ) ??
      elementDate(document, order) ??
      firstFinding(
        ['json-ld', date(linked.modifiedAt)],
        ['meta', first(modified, (name) => date(metas.get(name.toLowerCase())))],
      ),
    sourceUrl: firstFinding(
      ['link', ownUrl(attribute('link[rel~="canonical"]', 'href') ?? '', url)],
      ['meta', ownUrl(meta(['og:url']) ?? '', url)],
      ['json-ld', ownUrl(linked.url ?? '', url)],
    ),
    publisher,
    author: firstFinding(
      ['json-ld', linked.author],
      ['meta', first(authors, (name) => authorName(metas.get(name)))],
      ['meta', authorName(text('[itemprop="author"] [itemprop="name"]') ?? text('[itemprop="author"]'))],
      ['byline', authorName(text('a[rel="author"]'))],
      ['byline', authorName(text('article .author-name, main .author-name'))],
      ['byline', readSignedDate(text('.submitted') ?? '')?.author],
    ),
    language: firstFinding(['page-language', tag?.toLowerCase().replaceAll('_', '-')]),
  });
}

/** The contents of `<meta>` by their property, name or itemprop in lower case; of several the first. */
function readMetas(document: DomDocument): ReadonlyMap<string, string> {
  const metas = new Map<string, string>();
  for (const element of document.querySelectorAll('meta[content]')) {
    const content = clean(element.getAttribute('content'));
    if (content === undefined) continue;
    for (const attribute of ['property', 'name', 'itemprop']) {
      const name = element.getAttribute(attribute)?.trim().toLowerCase();
      if (name !== undefined && !metas.has(name)) metas.set(name, content);
    }
  }
  return metas;
}

/** `Title | Site` without the site's name, which is the publisher already, or without all that follows the heading. */
function ownTitle(title: string, publisher: string | undefined, heading: string | undefined): string {
  const isBeginning = heading !== undefined && heading.length >= 10 && title.length > heading.length;
  if (isBeginning && title.startsWith(heading) && /^\s*[|–—·»:-]\s/u.test(title.slice(heading.length))) {
    return heading;
  }
  if (publisher === undefined || !title.endsWith(publisher)) return title;
  const rest = title.slice(0, -publisher.length).replace(/\s*[|–—·»-]\s*$/u, '');
  return rest.length > 0 && rest.length < title.length - publisher.length ? rest : title;
}

function notUrl(value: string | undefined): string | undefined {
  return value?.includes('://') === true ? undefined : value;
}

function clean(value: string | null | undefined): string | undefined {
  const text = normaliseLine(value ?? '');
  return text === '' ? undefined : text;
}

function first<T, R>(values: readonly T[], read: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const result = read(value);
    if (result !== undefined) return result;
  }
  return undefined;
}

function firstFinding(...findings: readonly (readonly [FoundBy, string | undefined])[]): Finding | undefined {
  return first(findings, ([by, value]) => (value === undefined ? undefined : { value, by }));
}
