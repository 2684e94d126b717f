import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createOpenAiSchemas } from '../../src/http/openai/schemas.ts';
import { readListQuery } from '../../src/http/pages/list-query.ts';
import { problemOf } from '../../src/http/problems.ts';
import { articlePageQuerySchema } from '../../src/http/schemas-articles.ts';
import { newConversationSchema } from '../../src/http/schemas-conversations.ts';
import {
  articleFieldsSchema,
  deletionQuerySchema,
  originalQuerySchema,
  parseNewArticle,
  sourcesQuerySchema,
} from '../../src/http/schemas-ingest.ts';
import {
  articleQuerySchema,
  createRequestSchemas,
  idOf,
  versionQuerySchema,
} from '../../src/http/schemas.ts';
import { createChatRequestParser } from '../../src/http/ui-stream/chat-request.ts';
import { patience, runs } from './runs.ts';

const limits = { questionLength: 50, historyTurns: 2 };
const { answer, search } = createRequestSchemas(limits);
const openAi = createOpenAiSchemas(limits);

const names = fc.constantFrom(
  'question',
  'query',
  'history',
  'role',
  'content',
  'filters',
  'topK',
  'now',
  'language',
  'strict',
  'messages',

  'parts',
  'type',
  'text',
  'input',
  'model',
  'stream',
  'footnote',
  'conversationId',
  'title',
  'url',
  'kind',

  'publishedFrom',
  'publishedTo',
  'articleIds',
  'languages',
  'metadata',
  'id',
  '__proto__',
  'constructor',
  'toString',
  'limit',
  'cursor',
  'after',
  'q',
  'only',
  'path',
  'purge',
  'version',
  'publisher',
  'from',
  'to',
  'page',
);
const words = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'user',
    'assistant',
    'text',
    'en',
    'vi',
    'true',
    '5',
    '-1',
    '1e400',
    'NaN',
    '2024-02-30',
    '0000-00-00',

    '2024-01-01',
    '+275760-09-13T00:00:00Z',
    '2024-01-01T24:00:00Z',
    '2024-01-01T10:00:00+99:99',
    '\ud800',
    '\0',

    'https://x.y',
    'javascript:x',
    'bnVsbA',
    'WyJhIixudWxsXQ',
    '[',
    '{"title":1}',
    'question',
    'x'.repeat(60),
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const { body } = fc.letrec((tie) => ({
  body: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(words, fc.double(), fc.boolean(), fc.constant(null)),
    fc.array(tie('body'), { maxLength: 4 }),
    fc.dictionary(names, tie('body'), { maxKeys: 6 }),
  ),
}));
const query = fc.dictionary(names, fc.oneof(words, fc.array(words, { maxLength: 3 })), { maxKeys: 6 });

/** The readers of what a caller sends. */
const bodies: Readonly<Record<string, (value: unknown) => unknown>> = {
  'POST /api/answers': (value) => answer.parse(value),
  'POST /api/search': (value) => search.parse(value),
  'POST /api/articles': parseNewArticle,
  'POST /api/conversations': (value) => newConversationSchema.parse(value),
  'POST /v1/chat/completions': (value) => openAi.chatCompletion.parse(value),
  'POST /v1/responses': (value) => openAi.response.parse(value),
  'the chat of the AI SDK': createChatRequestParser(limits),
  'the fields of a form': (value) => articleFieldsSchema.parse(value),
};
const queries: Readonly<Record<string, (value: Readonly<Record<string, string | string[]>>) => unknown>> = {
  'the filters of articles': (value) => articleQuerySchema.parse(value),
  'a page of articles': (value) => articlePageQuerySchema.parse(value),
  'a version': (value) => versionQuerySchema.parse(value),
  'a deletion': (value) => deletionQuerySchema.parse(value),
  'a page of sources': (value) => sourcesQuerySchema.parse(value),
  'an original': (value) => originalQuerySchema.parse(value),
  'the list for people': (value) => readListQuery(value, limits.questionLength),
  'an id': (value) => idOf(value, 'article'),
};

/** How the reading ends: whatever is refused has to be the caller's mistake, told as JSON. */
function statusOf(read: () => unknown): number {
  try {
    read();
    return 200;
  } catch (error) {
    const { status, detail } = problemOf(error);
    return detail === undefined ? 500 : status;
  }
}

describe('any body of a request', () => {
  it.each(Object.entries(bodies))('is read or refused: %s', { timeout: patience }, (_, read) => {
    fc.assert(
      fc.property(body, (value) => {
        expect([200, 400, 404]).toContain(statusOf(() => read(value)));
      }),
      runs(200),
    );
  });
});

describe('any query of a request', () => {
  it.each(Object.entries(queries))('is read or refused: %s', { timeout: patience }, (_, read) => {
    fc.assert(
      fc.property(query, (value) => {
        expect([200, 400, 404]).toContain(statusOf(() => read(value)));
      }),
      runs(200),
    );
  });
});
