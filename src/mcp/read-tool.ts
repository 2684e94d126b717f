import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';

import type { Assistant } from '../domain/assistant.ts';
import { FootnoteError } from '../domain/errors.ts';
import { type Span, sliceSpan } from '../domain/span.ts';
import { articleMembers, describePlace } from './describe-article.ts';
import { quoteBlock } from './quoted-text.ts';
import { articleShape, languageSchema, longestId, spanSchema, versionSchema } from './shared-schemas.ts';
import { callTool, readOnly, type ToolOptions } from './tool-call.ts';

/** UTF-16 code units that one call gives at most. */
const mostText = 10_000;

const description = `Reads the exact words of a stored article: a passage by its id, or a span of an article by the article's id; give one of the two. Without a span, an article is read from its beginning. At most ${mostText} characters a call; "next" says where to go on.`;

const inputSchema = z.object({
  passageId: z.string().min(1).max(longestId).exactOptional().describe('as search_articles and ask give it'),
  articleId: z.string().min(1).max(longestId).exactOptional(),
  version: versionSchema.exactOptional().describe('of the article; the one that is indexed when absent'),
  start: z
    .int()
    .min(0)
    .exactOptional()
    .describe('first UTF-16 code unit of the article’s text; 0 when absent'),
  end: z.int().min(1).exactOptional().describe('end of the span, exclusive; as much as possible when absent'),
});

const outputSchema = z.object({
  ...articleShape,
  language: languageSchema,
  passageId: z.string().exactOptional(),
  headingPath: z.array(z.string()).exactOptional().describe('headings above the passage, outermost first'),
  source: spanSchema,
  text: z.string().describe('the exact words of the article'),
  length: z.int().exactOptional().describe('UTF-16 code units of the whole article'),
  next: z.int().exactOptional().describe('where to go on reading'),
});

type Reading = z.infer<typeof outputSchema>;

/** Registers `read_passage`: the words of an article, by passage or by span. */
export function registerRead(server: McpServer, options: ToolOptions): void {
  server.registerTool(
    'read_passage',
    { title: 'Read a passage', description, inputSchema, outputSchema, annotations: readOnly },
    (request, extra) =>
      callTool(options, extra, async () => {
        const structured = await read(options.assistant, request);
        const { text, next, length } = structured;
        const more = next === undefined ? '' : `\n\nThe article goes on at ${next} of ${length}.`;
        return { structured, text: `${describePlace(structured)}:\n${quoteBlock(text)}${more}` };
      }),
  );
}

async function read(
  assistant: Pick<Assistant, 'article' | 'passage'>,
  { passageId, articleId, version, start = 0, end }: z.infer<typeof inputSchema>,
): Promise<Reading> {
  if ((passageId === undefined) === (articleId === undefined)) {
    throw new FootnoteError('invalid-request', 'Give either a passageId or an articleId.');
  }
  if (passageId !== undefined) {
    const { passage, article, text } = await assistant.passage(passageId);
    return {
      ...articleMembers(article),
      language: article.language,
      passageId: passage.id,
      headingPath: [...passage.headingPath],
      source: { start: passage.start, end: passage.end },
      text,
    };
  }
  const article = await assistant.article(articleId ?? '', version === undefined ? {} : { version });
  const { length } = article.text;
  const source = readableSpan(article.text, { start, end: end ?? length });
  return {
    ...articleMembers(article),
    language: article.language,
    source,
    text: sliceSpan(article.text, source),
    length,
    ...(source.end < Math.min(end ?? length, length) && { next: source.end }),
  };
}

/** As much of `span` as one call may give; no character is cut in two at its end. */
function readableSpan(text: string, { start, end }: Span): Span {
  if (start >= end || start >= text.length) {
    throw new FootnoteError(
      'invalid-request',
      `There is no text from ${start} to ${end}: the article has ${text.length} characters, and a span ends after it starts.`,
    );
  }
  const last = Math.min(end, text.length, start + mostText);
  return { start, end: last < text.length && isLowSurrogate(text, last) ? last - 1 : last };
}

function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
