import { type AnyFeed, parseFeed } from 'feedsmith';

import { errorMessage, FootnoteError } from '../../../domain/errors.ts';
import { hostName, httpUrl } from '../../metadata/urls.ts';
import { type ListedPage, instant } from './entry.ts';
import { feedDate, languageOf, plainLine } from './feed-values.ts';
import { xmlTokens } from './xml-tokens.ts';

/** An entry as its format says it. */
interface RawEntry {
  readonly links: readonly (string | undefined)[];
  readonly base?: string | undefined;
  readonly title?: string | undefined;
  readonly published?: string | undefined;
  readonly updated?: string | undefined;
  readonly author?: string | undefined;
  readonly source?: string | undefined;
  readonly language?: string | undefined;
}

interface RawFeed {
  readonly base?: string | undefined;
  readonly title?: string | undefined;
  readonly language?: string | undefined;
  readonly entries: readonly RawEntry[];
}

/**
 * The pages that an RSS 2.0, RSS 1.0, Atom or JSON feed names. Relative addresses are resolved against `xml:base`,
 * and else against the feed's own address. Entries without an address are left out.
 *
 * @throws FootnoteError `unreadable-article` for what is no feed.
 */
export function readFeed(text: string, feedUrl: string): readonly ListedPage[] {
  const feed = rawFeed(parse(text, feedUrl));
  const base = resolved(feed.base, feedUrl) ?? feedUrl;
  const publisher = plainLine(feed.title);
  return feed.entries.flatMap((entry) => {
    const here = resolved(entry.base, base) ?? base;
    const url = entry.links.map((link) => resolved(link, here)).find((link) => link !== undefined);
    if (url === undefined) return [];
    const times = [instant(entry.updated), instant(entry.published)].filter((time) => time !== undefined);
    const title = plainLine(entry.title);
    const publishedAt = feedDate(entry.published) ?? feedDate(entry.updated);
    const author = plainLine(entry.author);
    const language = languageOf(entry.language) ?? languageOf(feed.language);
    // The feed's title names who publishes what stands on its own site only; others are named by their entries.
    const source = plainLine(entry.source) ?? (hostName(url) === hostName(feedUrl) ? publisher : undefined);
    return {
      url,
      ...(times.length > 0 && { changedAt: Math.max(...times) }),
      feed: {
        ...(title !== undefined && { title }),
        ...(publishedAt !== undefined && { publishedAt }),
        ...(author !== undefined && { author }),
        ...(source !== undefined && { publisher: source }),
        ...(language !== undefined && { language }),
      },
    };
  });
}

function parse(text: string, url: string): AnyFeed {
  try {
    // Refuses declared entities and deep nesting before the parser, which is not made for them, sees the document.
    if (/^\s*</u.test(text)) for (const token of xmlTokens(text)) void token;
    return parseFeed(text);
  } catch (error) {
    throw new FootnoteError(
      'unreadable-article',
      `${url} is no feed that can be read: ${errorMessage(error)}`,
      {
        cause: error,
      },
    );
  }
}

function rawFeed(parsed: AnyFeed): RawFeed {
  if (parsed.format === 'atom') {
    const { feed } = parsed;
    return {
      base: feed.xml?.base,
      title: feed.title?.value,
      language: feed.xml?.lang,
      entries: (feed.entries ?? []).map((entry) => ({
        base: entry.xml?.base,
        links: (entry.links ?? [])
          .filter(({ rel }) => rel === undefined || rel === 'alternate')
          .map(({ href }) => href),
        title: entry.title?.value,
        published: entry.published,
        updated: entry.updated,
        author: (entry.authors ?? [])[0]?.name,
        source: entry.source?.title?.value,
        language: entry.xml?.lang,
      })),
    };
  }
  if (parsed.format === 'json') {
    const { feed } = parsed;
    return {
      title: feed.title,
      language: feed.language,
      entries: (feed.items ?? []).map((item) => ({
        links: [item.url, item.external_url],
        title: item.title,
        published: item.date_published,
        updated: item.date_modified,
        author: (item.authors ?? [])[0]?.name,
        language: item.language,
      })),
    };
  }
  if (parsed.format === 'rdf') {
    const { feed } = parsed;
    return {
      title: feed.title,
      language: feed.dc?.languages?.[0],
      entries: (feed.items ?? []).map((item) => ({
        links: [item.link, item.rdf?.about],
        title: item.title,
        published: item.dc?.dates?.[0],
        author: item.dc?.creators?.[0],
      })),
    };
  }
  const { feed } = parsed;
  return {
    title: feed.title,
    language: feed.language,
    entries: (feed.items ?? []).map((item) => ({
      links: [item.link, item.guid?.isPermaLink === false ? undefined : absolute(item.guid?.value)],
      title: item.title,
      published: item.pubDate ?? item.dc?.dates?.[0],
      author: item.dc?.creators?.[0] ?? item.authors?.[0]?.name,
      source: item.source?.title,
    })),
  };
}

/** A guid is an address only where it is written as a whole one. */
function absolute(value: string | undefined): string | undefined {
  return value === undefined ? undefined : httpUrl(value);
}

function resolved(link: string | undefined, base: string): string | undefined {
  const text = link?.trim() ?? '';
  return text !== '' && URL.canParse(text, base) ? httpUrl(new URL(text, base).href) : undefined;
}
