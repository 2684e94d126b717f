import { z } from 'zod';

import { text } from '../conversation/request-schemas.ts';
import { webSourceKinds } from '../domain/ingest-admin.ts';
import {
  diskUseSchema,
  ingestJobSchema,
  sourceSchema,
  withdrawnSchema,
} from '../domain/schemas/ingest-job-schema.ts';
import { count } from '../domain/schemas/parts.ts';
import { givenMetadataSchema } from '../ingest/added/sidecar.ts';

/** Bytes of a JSON body: more than any article that is typed in. */
export const articleBodyBytes = 10_000_000;

/** Files in one request. */
export const maxFiles = 100;

/** Characters of a path or of a word to look for. */
const maxPath = 4_000;

/** An article that is typed in. Members that are not named here are ignored. */
const typedArticleSchema = givenMetadataSchema.extend({
  title: givenMetadataSchema.shape.title.unwrap().refine((title) => title.trim() !== '', 'must not be blank'),
  text: text.refine((value) => value.trim() !== '', 'must not be blank'),
});

const webSourceSchema = z.object({
  url: z.url({ protocol: /^https?$/u }).max(maxPath),
  kind: z.enum(webSourceKinds).describe('One page, or what names many; `auto` finds out').default('auto'),
});

/** The JSON body of `POST /api/articles`. */
export const newArticleSchema = z
  .union([typedArticleSchema, webSourceSchema])
  .meta({ id: 'NewArticle', description: 'An article, or the address of something to fetch' });

/** The body of `POST /api/articles` as what it is meant to be. @throws z.ZodError */
export function parseNewArticle(body: unknown) {
  // Each alone, so that what is wrong is said of the one that is meant.
  const isAddress = typeof body === 'object' && body !== null && 'url' in body && !('text' in body);
  return isAddress ? webSourceSchema.parse(body) : { article: typedArticleSchema.parse(body) };
}

/** The form of `POST /api/articles`, as its description has it. */
export const articleFormSchema = z
  .object({
    files: z
      .array(z.string().meta({ contentMediaType: 'application/octet-stream' }))
      .min(1)
      .max(maxFiles),
    metadata: z
      .string()
      .meta({ contentMediaType: 'application/json' })
      .describe('What is said of all files; of one of them in `metadata[0]`, `metadata[1]`, …, by its place')
      .exactOptional(),
  })
  .meta({ id: 'ArticleForm', description: 'Files' });

const json = z.string().transform((value, context): unknown => {
  try {
    return JSON.parse(value);
  } catch {
    context.addIssue({ code: 'custom', message: 'is not valid JSON' });
    return z.NEVER;
  }
});
const given = json.pipe(givenMetadataSchema);

/** The fields of that form: metadata for all files, or for some by their places. */
export const articleFieldsSchema = z.strictObject({
  metadata: z.union([given, z.array(given.optional()).max(maxFiles)]).exactOptional(),
});

/** The query parameters of `DELETE /api/articles/:id`. */
export const deletionQuerySchema = z.object({
  purge: z
    .enum(['true', 'false'])
    .describe('Also removes its file and the versions that stored answers quote, for good')
    .default('false')
    .transform((value) => value === 'true'),
});

/** The query parameters of `GET /api/ingest/sources`. */
export const sourcesQuerySchema = z
  .object({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    after: z.string().max(maxPath).describe('`next` of the page before').exactOptional(),
    q: z
      .string()
      .max(200)
      .describe('Stands in the path, the address or the title of an article, in whatever case')
      .exactOptional(),
    only: z.enum(['failed', 'withdrawn']).exactOptional(),
  })
  .meta({ id: 'SourcesQuery', description: 'Which sources' });

/** The query parameters of `GET /api/ingest/sources/original`. */
export const originalQuerySchema = z.object({
  path: z.string().min(1).max(maxPath).describe('`path` of a source'),
});

/** `GET /api/ingest/jobs`. */
export const jobListSchema = z.object({ jobs: z.array(ingestJobSchema).describe('Newest first') });

/** `GET /api/ingest/sources`. */
export const sourceListSchema = z.object({
  sources: z.array(sourceSchema).describe('In the order of their paths'),
  total: count.describe('Sources that match, on all pages'),
  next: z.string().min(1).describe('`after` of the next page; absent on the last').exactOptional(),
});

/** `GET /api/ingest/withdrawn`. */
export const withdrawnListSchema = z.object({
  articles: z.array(withdrawnSchema).describe('Latest first'),
});

/** `GET /api/ingest`. */
export const ingestOverviewSchema = z.object({
  sources: count,
  articles: count,
  failed: count.describe('Sources of which something could not be read'),
  withdrawn: count.describe('Articles that were deleted and stay away'),
  disk: diskUseSchema,
});
