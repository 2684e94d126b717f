import { z } from 'zod';

import { normaliseLine } from '../clean/characters.ts';
import type { DomDocument } from './dom.ts';

/** What the structured data of a page says of its article, as written there. */
interface LinkedData {
  readonly title?: string;
  readonly publishedAt?: string;
  readonly publisher?: string;
  readonly author?: string;
  readonly url?: string;
}

/** Deepest nesting of arrays and `@graph` that is followed. */
const maxDepth = 4;

const text = z.string().transform(normaliseLine).pipe(z.string().min(1));
const named = z.union([text, z.object({ name: text }).transform(({ name }) => name)]);
const names = z.union([named, z.array(named).min(1)]).transform((value) => [value].flat().join(', '));
const address = z.union([text, z.object({ '@id': text }).transform((value) => value['@id'])]);

const articleSchema = z.object({
  '@type': z
    .union([z.string(), z.array(z.string())])
    .refine((types) => [types].flat().some((type) => /(?:Article|Posting|Report)$/u.test(type))),
  headline: text.optional().catch(undefined),
  name: text.optional().catch(undefined),
  datePublished: text.optional().catch(undefined),
  publisher: named.optional().catch(undefined),
  author: names.optional().catch(undefined),
  url: address.optional().catch(undefined),
  mainEntityOfPage: address.optional().catch(undefined),
});

/** The first article in the page's JSON-LD (schema.org `Article` and its kinds); empty when there is none. */
export function readJsonLd(document: DomDocument): LinkedData {
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    const article = candidates(parseJson(script.textContent ?? ''), 0)
      .map((candidate) => articleSchema.safeParse(candidate))
      .find((parsed) => parsed.success)?.data;
    if (article) return toLinkedData(article);
  }
  return {};
}

function toLinkedData(article: z.infer<typeof articleSchema>): LinkedData {
  const title = article.headline ?? article.name;
  const url = article.url ?? article.mainEntityOfPage;
  return {
    ...(title !== undefined && { title }),
    ...(article.datePublished !== undefined && { publishedAt: article.datePublished }),
    ...(article.publisher !== undefined && { publisher: article.publisher }),
    ...(article.author !== undefined && { author: article.author }),
    ...(url !== undefined && { url }),
  };
}

function candidates(value: unknown, depth: number): unknown[] {
  if (depth > maxDepth) return [];
  if (Array.isArray(value)) return value.flatMap((item) => candidates(item, depth + 1));
  if (typeof value !== 'object' || value === null) return [];
  return '@graph' in value ? [value, ...candidates(value['@graph'], depth + 1)] : [value];
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
