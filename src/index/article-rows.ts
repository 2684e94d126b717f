import { z } from 'zod';

import {
  foundBy,
  type Article,
  type ArticleMetadata,
  type ArticleSummary,
  type Heading,
} from '../domain/article.ts';
import type { SourceArticle } from '../domain/ingest-admin.ts';
import { languages } from '../domain/language.ts';
import type { Passage, Sentence } from '../domain/passage.ts';
import { encodeSignature } from './vector-blobs.ts';

/** Columns of an article without its text and headings. */
export const summaryColumns = [
  'id',
  'version',
  'title',
  'language',
  'published_at',
  'source_url',
  'publisher',
  'author',
  'sources',
  'length',
] as const;

/** All columns of an article. */
export const articleColumns = [
  ...summaryColumns,
  'headings',
  'text',
  'found',
  'signature',
  'fingerprint',
] as const;

/** Columns that those see who look after the articles. */
export const sourceArticleColumns = ['id', 'title', 'language', 'published_at', 'found'] as const;

/** Columns of a passage, without its key. */
export const passageColumns = [
  'id',
  'article',
  'start_offset',
  'end_offset',
  'heading_path',
  'sentences',
] as const;

type Row<Column extends string> = Record<Column, string | number | Buffer | null>;

const json = z.string().transform((text): unknown => JSON.parse(text));
/** A column with a list of texts. */
export const strings = json.pipe(z.array(z.string()));
const offset = z.int().min(0);

const summaryRow = z.object({
  id: z.string(),
  version: z.string(),
  title: z.string(),
  language: z.enum(languages),
  published_at: z.string().nullable(),
  source_url: z.string().nullable(),
  publisher: z.string().nullable(),
  author: z.string().nullable(),
  sources: strings.nullable(),
  length: offset,
});

const headings = json.pipe(z.array(z.object({ start: offset, end: offset, level: z.int().min(1).max(6) })));
const fields = ['title', 'language', 'publishedAt', 'sourceUrl', 'publisher', 'author'] as const;
const foundFields = z.partialRecord(z.enum(fields), z.enum(foundBy));
const articleRow = summaryRow.extend({
  text: z.string(),
  headings,
  found: json.pipe(foundFields).nullable(),
});

const sourceArticleRow = articleRow.pick({
  id: true,
  title: true,
  language: true,
  published_at: true,
  found: true,
});

const sentences = json.pipe(
  z.array(z.union([z.tuple([offset, offset]), z.tuple([offset, offset, z.literal(1)])])),
);

const passageRow = z.object({
  id: z.string(),
  article: z.string(),
  version: z.string(),
  start_offset: offset,
  end_offset: offset,
  heading_path: strings,
  sentences,
});

/** Listing entry of an `articles` row. */
export function toSummary(row: unknown): ArticleSummary {
  const parsed = summaryRow.parse(row);
  return {
    id: parsed.id,
    version: parsed.version,
    ...toMetadata(parsed),
    length: parsed.length,
  };
}

/** Article of an `articles` row with all columns. */
export function toArticle(row: unknown): Article {
  const parsed = articleRow.parse(row);
  return {
    id: parsed.id,
    version: parsed.version,
    ...toMetadata(parsed),
    text: parsed.text,
    headings: parsed.headings,
    ...(parsed.found !== null && { found: parsed.found }),
  };
}

/** Article of an `articles` row with {@link sourceArticleColumns}. */
export function toSourceArticle(row: unknown): SourceArticle {
  const parsed = sourceArticleRow.parse(row);
  return {
    id: parsed.id,
    title: parsed.title,
    language: parsed.language,
    ...(parsed.published_at !== null && { publishedAt: parsed.published_at }),
    ...(parsed.found !== null && { found: parsed.found }),
  };
}

/** Passage of a `passages` row joined with its article's `version`. */
export function toPassage(row: unknown): Passage {
  const parsed = passageRow.parse(row);
  return {
    id: parsed.id,
    articleId: parsed.article,
    articleVersion: parsed.version,
    start: parsed.start_offset,
    end: parsed.end_offset,
    sentences: parsed.sentences.map(([start, end, heading]) => ({
      start,
      end,
      ...(heading === 1 && { heading: true as const }),
    })),
    headingPath: parsed.heading_path,
  };
}

/** Values of an `articles` row, by column. */
export function fromArticle(
  article: Article,
  signature: Uint32Array,
  fingerprint: string,
): Row<(typeof articleColumns)[number]> {
  const heading = ({ start, end, level }: Heading) => ({ start, end, level });
  return {
    id: article.id,
    version: article.version,
    title: article.title,
    language: article.language,
    published_at: article.publishedAt ?? null,
    source_url: article.sourceUrl ?? null,
    publisher: article.publisher ?? null,
    author: article.author ?? null,
    sources: article.sources ? JSON.stringify(article.sources) : null,
    headings: JSON.stringify(article.headings.map(heading)),
    text: article.text,
    length: article.text.length,
    found: article.found ? JSON.stringify(article.found) : null,
    signature: encodeSignature(signature),
    fingerprint,
  };
}

/** Values of a `passages` row, by column. */
export function fromPassage(passage: Passage): Row<(typeof passageColumns)[number]> {
  const sentence = ({ start, end, heading }: Sentence) => (heading ? [start, end, 1] : [start, end]);
  return {
    id: passage.id,
    article: passage.articleId,
    start_offset: passage.start,
    end_offset: passage.end,
    heading_path: JSON.stringify(passage.headingPath),
    sentences: JSON.stringify(passage.sentences.map(sentence)),
  };
}

function toMetadata(row: z.infer<typeof summaryRow>): ArticleMetadata {
  return {
    title: row.title,
    language: row.language,
    ...(row.published_at !== null && { publishedAt: row.published_at }),
    ...(row.source_url !== null && { sourceUrl: row.source_url }),
    ...(row.publisher !== null && { publisher: row.publisher }),
    ...(row.author !== null && { author: row.author }),
    ...(row.sources !== null && { sources: row.sources }),
  };
}
