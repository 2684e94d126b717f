/** What the page for looking after the articles shares with the server: types only. */
export type { Article, FoundBy } from '../domain/article.ts';
export type { DiskUse, SourceArticle, SourceOverview, WithdrawnArticle } from '../domain/ingest-admin.ts';
export type { IngestJob } from '../domain/ingest-job.ts';
export type { Language } from '../domain/language.ts';
