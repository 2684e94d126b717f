/** What a page says in its head to those who fetch it. */
export interface PageMarks {
  /** `<link rel="canonical">`, as written. */
  readonly canonical?: string;
  /** Contents of `<meta name="robots">` and of the one for the named program. */
  readonly robots: readonly string[];
}

/** How much of a page is searched for its head, and how much of one tag is read, in characters. */
const maxHeadLength = 300_000;
const maxTagLength = 4_000;

/**
 * Reads the marks from the head of a page. This is no parser of HTML, which pages are given to in threads of their own:
 * it goes once from tag to tag and ends where the body begins, so that what readers wrote on the page is not believed.
 *
 * @param robotName - product name of the program that fetches, in lower case.
 */
export function readPageMarks(html: string, robotName: string): PageMarks {
  const robots: string[] = [];
  let canonical: string | undefined;
  for (const { name, tag } of tagsOf(html.slice(0, maxHeadLength))) {
    if (name === 'body') break;
    if (name !== 'meta' && name !== 'link') continue;
    const attributes = attributesOf(tag);
    if (name === 'meta') {
      const said = attributes.get('name')?.toLowerCase();
      if (said === 'robots' || said === robotName) robots.push(attributes.get('content') ?? '');
    } else if (attributes.get('rel')?.toLowerCase().split(' ').includes('canonical') === true) {
      canonical ??= attributes.get('href');
    }
  }
  return { robots, ...(canonical !== undefined && { canonical }) };
}

/** Whether a page shows a letter or digit to somebody whose browser runs no scripts. */
export function hasText(html: string): boolean {
  let at = 0;
  for (const { start, end } of tagsOf(html)) {
    if (/[\p{L}\p{N}]/u.test(html.slice(at, start))) return true;
    at = end;
  }
  return /[\p{L}\p{N}]/u.test(html.slice(at));
}

interface Tag {
  readonly name: string;
  readonly tag: string;
  readonly start: number;
  readonly end: number;
}

/** Elements whose content is no text of the page. */
const opaque: ReadonlySet<string> = new Set(['script', 'style', 'title', 'noscript', 'template', 'textarea']);

function* tagsOf(html: string): Generator<Tag> {
  let at = 0;
  for (;;) {
    const start = html.indexOf('<', at);
    if (start === -1) return;
    if (html.startsWith('<!--', start)) {
      at = behind(html, '-->', start + 4);
      yield { name: '!', tag: '', start, end: at };
      continue;
    }
    const name = /^<\/?([a-z!?][a-z\d]*)/iu.exec(html.slice(start, start + 20))?.[1]?.toLowerCase();
    if (name === undefined) {
      at = start + 1;
      continue;
    }
    const tagEnd = behind(html, '>', start);
    at = tagEnd;
    if (opaque.has(name) && html[start + 1] !== '/') at = behindElement(html, name, tagEnd);
    yield { name, tag: html.slice(start, Math.min(tagEnd, start + maxTagLength)), start, end: at };
  }
}

function behind(html: string, mark: string, from: number): number {
  const found = html.indexOf(mark, from);
  return found === -1 ? html.length : found + mark.length;
}

function behindElement(html: string, name: string, from: number): number {
  const close = new RegExp(`</${name}`, 'giu');
  close.lastIndex = from;
  const found = close.exec(html);
  return found ? behind(html, '>', found.index) : html.length;
}

function attributesOf(tag: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  // Runs of spaces are made one first: the pattern then never goes back over them.
  const line = tag.replace(/\s+/gu, ' ');
  for (const [, name = '', double, single, bare] of line.matchAll(
    /([^\s"'<>/=]+) ?= ?(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))/gu,
  )) {
    const key = name.toLowerCase();
    if (!attributes.has(key))
      attributes.set(key, (double ?? single ?? bare ?? '').replaceAll('&amp;', '&').trim());
  }
  return attributes;
}
