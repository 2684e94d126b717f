/** Elements in which tags are text. */
const rawElements: ReadonlySet<string> = new Set(['script', 'style', 'textarea', 'title']);

const structural: ReadonlySet<string> = new Set('html head body /html /head /body !doctype ?xml'.split(' '));

interface Tag {
  /** In lower case, with `/` before it where it is an end tag. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * A web page with exactly one `<html>`, `<head>` and `<body>`, which the parser needs to find its text: pages leave them
 * out, close them too early, or have them twice. Linear in the length of `html`.
 */
export function wholePage(html: string): string {
  const tags = Array.from(structuralTags(html));
  const root = tags.find(({ name }) => name === 'html');
  const language = root && /\slang\s*=\s*["']?([\w-]{1,40})/iu.exec(html.slice(root.start, root.end))?.[1];
  const head = headOf(tags);
  const kept = withoutTags(html, head, tags);
  return `<!doctype html><html lang="${language ?? ''}"><head>${html.slice(head.start, head.end)}</head><body>${kept}</body></html>`;
}

/** From `<head>` to `</head>` or `<body>`; without `<head>`, what stands before `<body>`. */
function headOf(tags: readonly Tag[]): { start: number; end: number } {
  const body = tags.find(({ name }) => name === 'body');
  const limit = body?.start ?? Infinity;
  const before = tags.filter(({ start }) => start < limit);
  const close = before.find(({ name }) => name === '/head');
  const open = before.find(({ name }) => name === 'head') ?? before.find(({ name }) => name === 'html');
  const end = close?.start ?? body?.start ?? 0;
  const start = Math.min(open?.end ?? before[0]?.end ?? 0, end);
  return { start, end };
}

/** What is outside of the head, without the tags. */
function withoutTags(
  html: string,
  head: { readonly start: number; readonly end: number },
  tags: readonly Tag[],
): string {
  const parts: string[] = [];
  let position = 0;
  for (const tag of [
    ...tags.filter(({ start, end }) => end <= head.start || start >= head.end),
    head,
  ].toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (tag.start > position) parts.push(html.slice(position, tag.start));
    position = Math.max(position, tag.end);
  }
  parts.push(html.slice(position));
  return parts.join('');
}

/** The tags that divide a page, its XML declaration and its doctype; not those in comments, scripts and attributes. */
function* structuralTags(html: string): Generator<Tag> {
  const next = /<(?:!--|([/!?]?[a-z][^\s/>]*))/giu;
  const endOf = createTagEnd(html);
  for (let match = next.exec(html); match; match = next.exec(html)) {
    const name = match[1]?.toLowerCase();
    const end = name === undefined ? after(html, '-->', next.lastIndex) : endOf(next.lastIndex);
    if (end === undefined) return;
    next.lastIndex = end;
    if (name === undefined) continue;
    if (structural.has(name)) yield { name, start: match.index, end };
    else if (rawElements.has(name)) {
      const close = new RegExp(`</${name}(?=[\\s/>])`, 'giu');
      close.lastIndex = end;
      const closed = close.exec(html);
      if (!closed) return;
      next.lastIndex = closed.index;
    }
  }
}

/** Where the tag ends whose attributes begin at a place: a `>` between quotation marks belongs to a value. */
function createTagEnd(html: string): (from: number) => number | undefined {
  // A mark that is not closed up to the end is looked for once only.
  const open = new Set<string>();
  return (from) => {
    const mark = />|=\s*(["'])/gu;
    mark.lastIndex = from;
    for (let match = mark.exec(html); match; match = mark.exec(html)) {
      const quote = match[1];
      if (quote === undefined) return mark.lastIndex;
      const end = open.has(quote) ? undefined : after(html, quote, mark.lastIndex);
      if (end === undefined) {
        open.add(quote);
        return after(html, '>', from);
      }
      mark.lastIndex = end;
    }
    return undefined;
  };
}

function after(html: string, end: string, from: number): number | undefined {
  const index = html.indexOf(end, from);
  return index === -1 ? undefined : index + end.length;
}
