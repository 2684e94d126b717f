import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';

import { createRequestSchemas, type RequestLimits } from '../conversation/request-schemas.ts';
import { type Evidence, toAlsoIn } from '../domain/evidence.ts';
import { articleMembers, describePlace } from './describe-article.ts';
import { quoteBlock } from './quoted-text.ts';
import { articleShape, languageSchema, spanSchema } from './shared-schemas.ts';
import { callTool, readOnly, type ToolOptions } from './tool-call.ts';

const description = `Finds the passages of the stored articles that are nearest to a query, best first, in their exact words. Does not answer; use "ask" for that. A passage can be read again with "read_passage".`;

function inputSchema(limits: RequestLimits) {
  const { query, filters, topK, now } = createRequestSchemas(limits).search.shape;
  return z.object({
    query: query.describe('a question or words, in English or Vietnamese'),
    filters: filters.describe('restricts the articles; dates are YYYY-MM-DD, inclusive'),
    topK: topK.describe('how many passages'),
    now: now.describe('ISO 8601 instant that "today" and "last year" are relative to'),
  });
}

const outputSchema = z.object({
  results: z.array(
    z.object({
      ...articleShape,
      passageId: z.string(),
      language: languageSchema,
      headingPath: z.array(z.string()).describe('headings above the passage, outermost first'),
      score: z.number().describe('0–1, comparable within one search only'),
      source: spanSchema,
      text: z.string().describe('the exact words of the article'),
      alsoIn: z
        .array(
          z.object({
            articleId: z.string(),
            title: z.string(),
            publisher: z.string().exactOptional(),
            publishedAt: z.string().exactOptional(),
            passageId: z.string(),
          }),
        )
        .exactOptional()
        .describe('other articles with nearly the same passage'),
    }),
  ),
});

/** Registers `search_articles`: passages near to a query. */
export function registerSearch(server: McpServer, options: ToolOptions): void {
  server.registerTool(
    'search_articles',
    {
      title: 'Search the articles',
      description,
      inputSchema: inputSchema(options.limits),
      outputSchema,
      annotations: readOnly,
    },
    (request, extra) =>
      callTool(options, extra, async (signal) => {
        const results = (await options.assistant.search(request, { signal })).map(searchResult);
        const listed = results.map(
          (result, index) =>
            `${index + 1}. ${describePlace(result)}, passage ${result.passageId}:\n${quoteBlock(result.text)}`,
        );
        return { structured: { results }, text: listed.join('\n\n') || 'No passage is near to the query.' };
      }),
  );
}

function searchResult({ passage, article, score, text, alsoIn }: Evidence) {
  return {
    ...articleMembers(article),
    passageId: passage.id,
    language: article.language,
    headingPath: passage.headingPath,
    score,
    source: { start: passage.start, end: passage.end },
    text,
    ...(alsoIn && { alsoIn: alsoIn.map(toAlsoIn) }),
  };
}
