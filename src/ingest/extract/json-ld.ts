import { z } from 'zod';

import { normaliseLine } from '../clean/characters.ts';
import { authorName } from '../clean/names.ts';
import type { DomDocument } from './dom.ts';

/** What the structured data of a page says of its article, as written there. */
export interface LinkedData {
  readonly title?: string;
  readonly publishedAt?: string;
  readonly modifiedAt?: string;
  readonly publisher?: string;
  readonly author?: string;
  readonly url?: string;
}

/** Deepest nesting of lists and things that is followed, and most things and characters that are read. */
const maxDepth = 6;
const maxThings = 500;
const maxLength = 1_000_000;

// Things that are articles, and things that a page may be besides; https://schema.org/CreativeWork and its kinds.
const article = /(?:Article|Posting|Report)$/u;
const page =
  /(?:^|[/:])(?:WebPage|ItemPage|AboutPage|FAQPage|QAPage|CreativeWork|GovernmentService|Legislation|DigitalDocument|SpecialAnnouncement)$/u;

const text = z
  .string()
  .transform((value) => normaliseLine(withoutEntities(value)))
  .pipe(z.string().min(1));
const thing = z.record(z.string(), z.unknown());

/** The article in the page's JSON-LD: the first thing that is one, else the page itself; empty when there is neither. */
export function readJsonLd(document: DomDocument): LinkedData {
  const things: Record<string, unknown>[] = [];
  let length = 0;
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    const json = script.textContent ?? '';
    length += json.length;
    if (length > maxLength) break;
    collect(parseJson(json), 0, things);
  }
  const found = things.find((it) => isOf(it, article)) ?? things.find((it) => isOf(it, page));
  return found ? toLinkedData(found, names(things)) : {};
}

function toLinkedData(it: Record<string, unknown>, known: ReadonlyMap<string, string>): LinkedData {
  const title = line(it['headline']) ?? line(it['name']);
  const publishedAt = line(it['datePublished']) ?? line(it['dateCreated']);
  const modifiedAt = line(it['dateModified']);
  const [publisher] = nameList(
    it['publisher'] ?? it['sourceOrganization'] ?? it['serviceOperator'],
    known,
    0,
  );
  const authors = nameList(it['author'] ?? it['creator'], known, 0).flatMap((name) => authorName(name) ?? []);
  const url = line(it['url']) ?? line(it['mainEntityOfPage']) ?? idOf(it['mainEntityOfPage']);
  return {
    ...(title !== undefined && { title }),
    ...(publishedAt !== undefined && { publishedAt }),
    ...(modifiedAt !== undefined && { modifiedAt }),
    ...(publisher !== undefined && { publisher }),
    ...(authors.length > 0 && { author: [...new Set(authors)].join(', ') }),
    ...(url !== undefined && { url }),
  };
}

/** The things in `value`: lists, graphs, and what a page is about. Lists of other articles are not followed. */
function collect(value: unknown, depth: number, things: Record<string, unknown>[]): void {
  if (depth > maxDepth || things.length >= maxThings) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, depth + 1, things);
    return;
  }
  const parsed = thing.safeParse(value).data;
  if (!parsed) return;
  things.push(parsed);
  for (const member of ['@graph', 'mainEntity', 'mainEntityOfPage', 'publisher', 'author']) {
    if (typeof parsed[member] === 'object') collect(parsed[member], depth + 1, things);
  }
}

function isOf(it: Record<string, unknown>, kind: RegExp): boolean {
  return typesOf(it['@type'], 0).some((type) => kind.test(type));
}

function typesOf(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value) || depth > maxDepth) return [];
  return value.flatMap((item) => typesOf(item, depth + 1));
}

/** The names of the things that others point at by their `@id`. */
function names(things: readonly Record<string, unknown>[]): ReadonlyMap<string, string> {
  return new Map(
    things.flatMap((it): [string, string][] => {
      const id = line(it['@id']);
      const name = line(it['name']);
      return id !== undefined && name !== undefined ? [[id, name]] : [];
    }),
  );
}

function nameList(value: unknown, known: ReadonlyMap<string, string>, depth: number): string[] {
  if (depth > maxDepth) return [];
  if (Array.isArray(value)) return value.slice(0, 20).flatMap((item) => nameList(item, known, depth + 1));
  const own = line(value);
  if (own !== undefined) return [known.get(own) ?? own];
  const it = thing.safeParse(value).data;
  const name = line(it?.['name']) ?? known.get(idOf(it) ?? '');
  if (name !== undefined) return [name];
  return Array.isArray(it?.['name']) ? nameList(it['name'], known, depth + 1) : [];
}

function idOf(value: unknown): string | undefined {
  return line(thing.safeParse(value).data?.['@id']);
}

function line(value: unknown): string | undefined {
  return text.safeParse(value).data;
}

/** Text of JSON-LD is not HTML, but many content systems write it as if it were. */
function withoutEntities(value: string): string {
  const named: Readonly<Record<string, string>> = {
    amp: '&',
    quot: '"',
    apos: "'",
    lt: '<',
    gt: '>',
    nbsp: ' ',
  };
  return value
    .replace(/&#(?:x([\da-f]{1,6})|(\d{1,7}));/giu, (whole, hex?: string, decimal?: string) => {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
    })
    .replace(/&(amp|quot|apos|lt|gt|nbsp);/gu, (_, name: string) => named[name] ?? '');
}

/** Comment marks around the data, and raw line ends inside its strings, are common and harmless. */
function parseJson(json: string): unknown {
  const bare = json.replace(/^\s*(?:\/\/\s*)?(?:<!--|<!\[CDATA\[)|(?:\/\/\s*)?(?:-->|\]\]>)\s*$/gu, '');
  for (const candidate of [bare, bare.replace(/\p{Cc}+/gu, ' ')]) {
    try {
      return JSON.parse(candidate);
    } catch {
      continue;
    }
  }
  return undefined;
}
