import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';

import { text as wellFormed } from '../conversation/request-schemas.ts';
import type { Article } from '../domain/article.ts';
import { sliceSpan } from '../domain/span.ts';
import { articleMembers, describePlace } from './describe-article.ts';
import { exactPlaces, similarPlaces } from './find-quote.ts';
import { quoteBlock } from './quoted-text.ts';
import { articleShape, longestId, spanSchema, versionSchema } from './shared-schemas.ts';
import { callTool, readOnly, type ToolOptions } from './tool-call.ts';

const description = `Checks whether a quotation stands in a stored article, character for character: "exact" (it does; at "start", where that is given), "moved" (elsewhere than at "start") or "missing". Where it is missing, places that are like it are shown, if there are any: they are not what was quoted.`;

/** Longest quotation, in UTF-16 code units. */
const longestQuote = 10_000;

const inputSchema = z.object({
  articleId: z.string().min(1).max(longestId),
  version: versionSchema.exactOptional().describe('of the article; the one that is indexed when absent'),
  quote: wellFormed
    .trim()
    .min(1)
    .max(longestQuote)
    .describe('the words, without quotation marks around them'),
  start: z.int().min(0).exactOptional().describe('where it is said to stand, in UTF-16 code units'),
});

const outputSchema = z.object({
  status: z.enum(['exact', 'moved', 'missing']),
  ...articleShape,
  quote: z.string().describe('as compared: in Unicode NFC, as articles are stored'),
  spans: z.array(spanSchema).describe('where it stands'),
  count: z.int().min(0).describe('how often it stands there; spans lists the first ones'),
  similar: z.array(
    z.object({
      source: spanSchema,
      text: z.string(),
      differsIn: z
        .enum(['wording', 'words'])
        .describe('wording: capitals, accents, punctuation or spaces only'),
      similarity: z.number().describe('share of the quotation’s words that stand there, 0–1'),
    }),
  ),
});

type Verified = z.infer<typeof outputSchema>;

/** Registers `verify_quote`: whether words stand in an article. */
export function registerVerify(server: McpServer, options: ToolOptions): void {
  server.registerTool(
    'verify_quote',
    { title: 'Verify a quotation', description, inputSchema, outputSchema, annotations: readOnly },
    ({ articleId, version, quote, start }, extra) =>
      callTool(options, extra, async () => {
        const article = await options.assistant.article(articleId, version === undefined ? {} : { version });
        const structured = verify(article, quote.normalize('NFC'), start);
        return { structured, text: verifiedText(structured) };
      }),
  );
}

function verify(article: Article, quote: string, start: number | undefined): Verified {
  const { places, count } = exactPlaces(article.text, quote);
  const isThere = start === undefined ? count > 0 : article.text.startsWith(quote, start);
  const similar = count > 0 || isThere ? [] : similarPlaces(article.text, quote);
  return {
    status: isThere ? 'exact' : count > 0 ? 'moved' : 'missing',
    ...articleMembers(article),
    quote,
    spans: isThere && start !== undefined ? [{ start, end: start + quote.length }] : places,
    count,
    similar: similar.map(({ differsIn, similarity, ...source }) => ({
      source,
      text: sliceSpan(article.text, source),
      differsIn,
      similarity,
    })),
  };
}

function verifiedText(verified: Verified): string {
  const { status, spans, count, similar } = verified;
  const place = spans[0];
  const said = {
    exact: 'Exact: the quotation stands in the article, character for character.',
    moved: 'Moved: the quotation stands in the article, but elsewhere.',
    missing: 'Missing: the quotation does not stand in the article.',
  }[status];
  const where = place
    ? `${describePlace({ ...verified, source: place })}${count > 1 ? `, and ${count} times in all` : ''}`
    : `Article ${verified.articleId}`;
  const hints = similar.map(
    ({ source, text, differsIn, similarity }) =>
      `Like it, but not the same (${differsIn === 'wording' ? 'capitals, accents, punctuation or spaces differ' : `${Math.round(similarity * 100)} % of its words`}), characters ${source.start}–${source.end}:\n${quoteBlock(text)}`,
  );
  return [said, where, ...hints].join('\n\n');
}
