import { storedPassageSchema } from '../../../domain/schemas/article-schema.ts';
import { articleWithCopiesSchema } from '../../../domain/schemas/copy-group-schema.ts';
import { articleListSchema, searchResultsSchema } from '../../response-schemas.ts';
import { articlePageQuerySchema } from '../../schemas-articles.ts';
import { articleQuerySchema, type createRequestSchemas, versionQuerySchema } from '../../schemas.ts';
import { examples } from '../examples.ts';
import type { Operation, ResponseDescription } from '../operation.ts';
import { ifNoneMatch, pathId } from '../parameters.ts';

const headers = { ETag: 'Names this state; send it as `If-None-Match` next time' };
const unchanged: ResponseDescription = { description: 'What the client has is still the same', headers };

/** `/api/search`, `/api/articles…` and `/api/passages…`. */
export function articleOperations(requests: ReturnType<typeof createRequestSchemas>): Operation[] {
  return [
    {
      id: 'search',
      method: 'post',
      path: '/api/search',
      tag: 'Articles',
      summary: 'Find passages',
      description: 'Retrieves as for an answer, and leaves the answering to the caller.',
      body: { name: 'SearchRequest', schema: requests.search, example: examples.search },
      responses: {
        200: {
          description: 'Passages',
          json: { name: 'SearchResults', schema: searchResultsSchema, example: examples.searchResults },
        },
      },
      problems: [400, 406, 413, 415, 503, 504],
    },
    {
      id: 'listArticles',
      method: 'get',
      path: '/api/articles',
      tag: 'Articles',
      summary: 'List the articles',
      description: 'All of them, or, with `limit` or `cursor`, a page.',
      queries: [articleQuerySchema, articlePageQuerySchema],
      parameters: [ifNoneMatch],
      responses: {
        200: {
          description: 'The articles that are indexed now, without their texts',
          headers,
          json: { name: 'ArticleList', schema: articleListSchema, example: examples.articles },
        },
        304: unchanged,
      },
      problems: [400, 406, 503, 504],
    },
    {
      id: 'getArticle',
      method: 'get',
      path: '/api/articles/{id}',
      tag: 'Articles',
      summary: 'Read an article',
      description:
        'As it is indexed now, or in another version that a stored answer quotes. `copies` names the articles that are nearly the same text, of which answers cite one.',
      queries: [versionQuerySchema],
      parameters: [pathId('Id of an article', examples.article.id), ifNoneMatch],
      responses: {
        200: {
          description: 'The article with its text and its near copies',
          headers,
          json: { name: 'ArticleWithCopies', schema: articleWithCopiesSchema, example: examples.article },
        },
        304: unchanged,
      },
      problems: [400, 404, 406, 503, 504],
    },
    {
      id: 'getPassage',
      method: 'get',
      path: '/api/passages/{id}',
      tag: 'Articles',
      summary: 'Read a passage',
      parameters: [pathId('Id of a passage', examples.passage.passage.id), ifNoneMatch],
      responses: {
        200: {
          description: 'The passage with what is known of its article',
          headers,
          json: { name: 'StoredPassage', schema: storedPassageSchema, example: examples.passage },
        },
        304: unchanged,
      },
      problems: [404, 406, 503, 504],
    },
  ];
}
