import { maxTitleLength } from '../../limits.ts';
import { isoDate } from '../../metadata/dates.ts';
import { httpUrl } from '../../metadata/urls.ts';
import type { FoundMetadata } from '../document.ts';
import type { DomElement } from '../dom.ts';
import { withFound } from '../found.ts';
import { isWorkingName, isWorkingTitle } from '../working-title.ts';
import { elementsNamed } from '../xml.ts';
import { metadataValues } from './package-document.ts';

/** What the package of a book says of it (Dublin Core). */
export function epubMetadata(root: DomElement): FoundMetadata {
  const first = (name: string): string | undefined =>
    metadataValues(root, name).find((value) => value.length <= maxTitleLength);
  const title = first('title');
  const authors = metadataValues(root, 'creator').filter((name) => !isWorkingName(name));
  const sources = metadataValues(root, 'source').filter((value) => value.length <= maxTitleLength);
  const sourceUrl = sources.map((value) => httpUrl(value)).find((url) => url !== undefined);
  const named = sources.filter((value) => httpUrl(value) === undefined && !/^(?:urn|isbn):/iu.test(value));
  const metadata = withFound({
    properties: {
      title: title !== undefined && !isWorkingTitle(title) ? title : undefined,
      author: authors.length > 0 ? authors.join(', ').slice(0, maxTitleLength) : undefined,
      publishedAt: publicationDate(root),
      language: first('language')?.toLowerCase().split(/[-_]/u)[0],
      publisher: first('publisher'),
      sourceUrl,
    },
  });
  return { ...metadata, ...(named.length > 0 && { sources: named }) };
}

/** EPUB 2 can name several dates; a date of conversion or modification says nothing of the book. */
function publicationDate(root: DomElement): string | undefined {
  const dates = elementsNamed(root, 'date').map((element) => ({
    event: element.getAttribute('opf:event') ?? '',
    date: isoDate(element.textContent ?? ''),
  }));
  const events = ['publication', 'original-publication', ''];
  return events.flatMap((event) => dates.find((found) => found.event === event)?.date ?? [])[0];
}
