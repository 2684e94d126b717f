import { normaliseLine } from '../clean/characters.ts';
import { isoDate } from '../metadata/dates.ts';
import { httpUrl } from '../metadata/urls.ts';
import type { FoundMetadata } from './document.ts';
import type { DomDocument } from './dom.ts';
import { readJsonLd } from './json-ld.ts';

/** What a page says of itself: JSON-LD first, then OpenGraph and `<meta>`, then `<time>`, `<link>` and `<title>`. */
export function htmlMetadata(document: DomDocument): FoundMetadata {
  const linked = readJsonLd(document);
  const meta = (...names: string[]) =>
    first(
      names.map((name) => {
        const selector = `meta[property="${name}"], meta[name="${name}"], meta[itemprop="${name}"]`;
        return clean(document.querySelector(selector)?.getAttribute('content'));
      }),
    );
  const publisher = linked.publisher ?? meta('og:site_name', 'application-name', 'dc.publisher');
  const title =
    linked.title ??
    meta('og:title', 'twitter:title', 'dc.title') ??
    clean(document.querySelector('title')?.textContent);
  const publishedAt = first(
    [
      linked.publishedAt,
      meta('article:published_time', 'datePublished', 'pubdate', 'date', 'dc.date', 'dc.date.issued'),
      document
        .querySelector('time[datetime][pubdate], article time[datetime], time[datetime]')
        ?.getAttribute('datetime'),
    ].map((value) => isoDate(value ?? '')),
  );
  const sourceUrl = first(
    [document.querySelector('link[rel="canonical"]')?.getAttribute('href'), meta('og:url'), linked.url].map(
      (value) => httpUrl(value ?? ''),
    ),
  );
  const author = linked.author ?? personName(meta('author', 'article:author', 'dc.creator'));
  const language = clean(document.documentElement.getAttribute('lang'))?.toLowerCase().split('-')[0];
  return {
    ...(title !== undefined && { title: withoutSite(title, publisher) }),
    ...(publishedAt !== undefined && { publishedAt }),
    ...(sourceUrl !== undefined && { sourceUrl }),
    ...(publisher !== undefined && { publisher }),
    ...(author !== undefined && { author }),
    ...(language !== undefined && { language }),
  };
}

/** `Title | Site` without the site's name, which is the publisher already. */
function withoutSite(title: string, publisher: string | undefined): string {
  if (publisher === undefined || !title.endsWith(publisher)) return title;
  const rest = title.slice(0, -publisher.length).replace(/\s*[|–—·»-]\s*$/u, '');
  return rest.length > 0 && rest.length < title.length - publisher.length ? rest : title;
}

/** `article:author` is often the address of a profile, which is not a name. */
function personName(value: string | undefined): string | undefined {
  return value === undefined || value.includes('://') ? undefined : value;
}

function clean(value: string | null | undefined): string | undefined {
  const text = normaliseLine(value ?? '');
  return text === '' ? undefined : text;
}

function first<T>(values: readonly (T | undefined)[]): T | undefined {
  return values.find((value) => value !== undefined);
}
