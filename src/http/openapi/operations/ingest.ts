import type { SourceOverview, WithdrawnArticle } from '../../../domain/ingest-admin.ts';
import type { IngestJob } from '../../../domain/ingest-job.ts';
import { ingestJobSchema } from '../../../domain/schemas/ingest-job-schema.ts';
import {
  articleFormSchema,
  deletionQuerySchema,
  ingestOverviewSchema,
  jobListSchema,
  newArticleSchema,
  originalQuerySchema,
  sourceListSchema,
  sourcesQuerySchema,
  withdrawnListSchema,
} from '../../schemas-ingest.ts';
import { formatServerSentEvent } from '../../sse/format-event.ts';
import { examples } from '../examples.ts';
import type { BodyDescription, Operation, ResponseDescription } from '../operation.ts';
import { idempotencyKey, pathId } from '../parameters.ts';

const { article, readiness } = examples;

const queued: IngestJob = {
  id: '7d4c0a54-3b0e-4a0c-8f2f-2f6f5b1f8e10',
  kind: 'add',
  subject: [article.title],
  state: 'queued',
  createdAt: '2026-01-02T03:04:05.678Z',
};
const done: IngestJob = {
  ...queued,
  state: 'done',
  startedAt: '2026-01-02T03:04:05.700Z',
  endedAt: '2026-01-02T03:04:06.900Z',
  result: {
    added: [article.id],
    changed: [],
    removed: [],
    unchanged: [],
    failed: [],
    generation: readiness.generation.id,
  },
};
const source: SourceOverview = {
  path: 'added/lighthouse.txt',
  bytes: 104,
  articles: [
    {
      id: article.id,
      title: article.title,
      language: article.language,
      publishedAt: '2022-09-30',
      found: { title: 'given', language: 'detected', publishedAt: 'dateline' },
    },
  ],
  failures: [],
  withdrawn: false,
};
const withdrawn: WithdrawnArticle = {
  id: article.id,
  title: article.title,
  withdrawnAt: '2026-01-03T00:00:00.000Z',
  restorable: true,
};

const job: BodyDescription = { name: 'IngestJob', schema: ingestJobSchema, example: queued };
const accepted: ResponseDescription = {
  description: 'The job that does it',
  headers: { Location: 'Where the job is, relative to this address' },
  json: job,
};
const whoMay =
  'Where no keys are configured, only programs of the machine that the server runs on, and its own page `/admin` there, may ask.';
const articleId = pathId('Id of an article', article.id);
// What is not there yet is empty: where there is no index, these answer nevertheless.
const base = { tag: 'Operation', problems: [406, 504] } as const;

/** `POST /api/articles` and all that goes with it. */
export const ingestOperations: readonly Operation[] = [
  {
    ...base,
    id: 'addArticles',
    method: 'post',
    path: '/api/articles',
    summary: 'Add articles',
    description:
      'An article as JSON; or the address of a page, a feed, a sitemap or a list of addresses; or files as a form: ' +
      '`curl -F files=@report.pdf -F files=@story.md -F \'metadata[0]={"publishedAt":"2026-01-02"}\' "$FOOTNOTE/api/articles"`. ' +
      'Use either `metadata`, for all files, or `metadata[0]`, `metadata[1]` and so on. What is given wins over what a file says of itself. ' +
      whoMay,
    parameters: [idempotencyKey],
    body: {
      name: 'NewArticle',
      schema: newArticleSchema,
      example: { title: article.title, text: article.text, publishedAt: '2022-09-30' },
      form: { name: 'ArticleForm', schema: articleFormSchema },
    },
    responses: { 202: accepted },
    problems: [400, 406, 409, 411, 413, 415, 422, 503, 504],
  },
  {
    ...base,
    id: 'deleteArticle',
    method: 'delete',
    path: '/api/articles/{id}',
    summary: 'Delete an article',
    description:
      'It is found no more, and stays away when its file or address is read again. Versions that stored answers quote are kept ' +
      `so that those can be checked, and it can be restored; with \`purge=true\` all that is removed too, for good. ${whoMay}`,
    parameters: [articleId, idempotencyKey],
    queries: [deletionQuerySchema],
    responses: { 202: accepted },
    problems: [400, 404, 409, 422, 503, 504],
  },
  {
    ...base,
    id: 'restoreArticle',
    method: 'post',
    path: '/api/articles/{id}/restore',
    summary: 'Restore a deleted article',
    description: whoMay,
    parameters: [articleId, idempotencyKey],
    responses: { 202: accepted },
    problems: [400, 404, 409, 503, 504],
  },
  {
    ...base,
    id: 'updateIndex',
    method: 'post',
    path: '/api/ingest',
    summary: 'Bring the index up to date',
    description: `Reads what has changed in the corpus. ${whoMay}`,
    parameters: [idempotencyKey],
    responses: { 202: accepted },
    problems: [400, 409, 503, 504],
  },
  {
    ...base,
    id: 'getIngestOverview',
    method: 'get',
    path: '/api/ingest',
    summary: 'What the corpus holds, and the disk',
    description: whoMay,
    responses: {
      200: {
        description: 'Counts',
        json: {
          name: 'IngestOverview',
          schema: ingestOverviewSchema,
          example: {
            sources: 1,
            articles: 1,
            failed: 0,
            withdrawn: 0,
            disk: { index: 65_536, corpus: 104, free: 1_000_000_000 },
          },
        },
      },
    },
  },
  {
    ...base,
    id: 'listIngestJobs',
    method: 'get',
    path: '/api/ingest/jobs',
    summary: 'List the jobs',
    description: whoMay,
    responses: {
      200: {
        description: 'The latest jobs',
        json: { name: 'IngestJobList', schema: jobListSchema, example: { jobs: [done] } },
      },
    },
  },
  {
    ...base,
    id: 'getIngestJob',
    method: 'get',
    path: '/api/ingest/jobs/{id}',
    summary: 'Follow a job',
    description: `As it is or, as a stream of events, as it goes on. ${whoMay}`,
    parameters: [pathId('Id of a job', queued.id)],
    responses: {
      200: {
        description: 'The job',
        json: { ...job, example: done },
        stream: {
          description:
            'Events `job`: the job as it is, then again whenever it has changed. The stream ends after it is done or has failed.',
          event: { name: 'IngestJob', schema: ingestJobSchema },
          example: [queued, done]
            .map((state, index) =>
              formatServerSentEvent({ id: String(index + 1), event: 'job', data: JSON.stringify(state) }),
            )
            .join(''),
        },
      },
    },
    problems: [404, 406, 504],
  },
  {
    ...base,
    id: 'listSources',
    method: 'get',
    path: '/api/ingest/sources',
    summary: 'List the files of the corpus',
    description: `With what became of each. ${whoMay}`,
    queries: [sourcesQuerySchema],
    responses: {
      200: {
        description: 'A page of them',
        json: { name: 'SourceList', schema: sourceListSchema, example: { sources: [source], total: 1 } },
      },
    },
    problems: [400, 406, 504],
  },
  {
    ...base,
    id: 'getOriginal',
    method: 'get',
    path: '/api/ingest/sources/original',
    summary: 'Get a file of the corpus',
    description: `As it was read: of whatever type it is, to be saved, with nothing in it that a browser would run. ${whoMay}`,
    queries: [originalQuerySchema],
    responses: {
      200: {
        description: 'The file, of the type that it has',
        headers: { 'Content-Disposition': 'Its name' },
        text: { type: '*/*', example: article.text },
      },
    },
    problems: [400, 404, 504],
  },
  {
    ...base,
    id: 'listWithdrawnArticles',
    method: 'get',
    path: '/api/ingest/withdrawn',
    summary: 'List the deleted articles',
    description: `Those that stay away until they are restored. ${whoMay}`,
    responses: {
      200: {
        description: 'All of them',
        json: { name: 'WithdrawnList', schema: withdrawnListSchema, example: { articles: [withdrawn] } },
      },
    },
  },
];
