import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';

import { createRequestSchemas, type RequestLimits } from '../conversation/request-schemas.ts';
import type { Answer, AnswerRequest } from '../domain/answer.ts';
import { FootnoteError } from '../domain/errors.ts';
import { sliceSpan } from '../domain/span.ts';
import { describePlace } from './describe-article.ts';
import { quoteBlock } from './quoted-text.ts';
import { articleShape, languageSchema, spanSchema, verdictSchema } from './shared-schemas.ts';
import { callTool, progressSender, readOnly, type ToolExtra, type ToolOptions } from './tool-call.ts';

const description = `Answers a question from the stored articles and nothing else. Every sentence of the reply carries footnotes: exact quotations, checked by the server, with the place in the article where they stand. Says so when the articles do not hold the answer (outcome "declined") or only part of it ("partial"), and what comes near.`;

function inputSchema(limits: RequestLimits) {
  const { question, history, language, filters, topK, now } = createRequestSchemas(limits).answer.shape;
  return z.object({
    question: question.describe('in English or Vietnamese'),
    history: history.describe('earlier turns of the conversation, oldest first, for follow-up questions'),
    language: language.describe('language of the reply; the question’s when absent'),
    filters: filters.describe('restricts the articles; dates are YYYY-MM-DD, inclusive'),
    topK: topK.describe('how many passages to retrieve'),
    now: now.describe('ISO 8601 instant that "today" and "last year" are relative to'),
  });
}

const quotedShape = {
  ...articleShape,
  passageId: z.string(),
  quote: z.string().describe('the exact words of the article'),
  source: spanSchema,
};

const outputSchema = z.object({
  id: z.string(),
  question: z.string(),
  standaloneQuestion: z.string().describe('the question as it was searched for'),
  language: languageSchema,
  outcome: z.enum(['answered', 'partial', 'declined']),
  text: z.string().describe('the reply; each cited sentence is followed by its markers, such as [1][2]'),
  unanswered: z.array(z.string()).describe('parts of the question that the articles do not answer'),
  asOf: z.string().exactOptional().describe('YYYY-MM-DD: later changes are not known'),
  degraded: z.boolean().describe('a language model failed and sentences of the articles stand in for it'),
  sentences: z.array(
    z.object({
      text: z.string(),
      start: z.int().min(0),
      end: z.int().min(0),
      verdict: verdictSchema,
      citations: z.array(z.int().min(1)).describe('numbers of the footnotes'),
    }),
  ),
  citations: z.array(
    z.looseObject({
      n: z.int().min(1),
      ...quotedShape,
      answer: spanSchema.describe('the first sentence that it bears, as a span of the reply'),
      support: z.looseObject({ verdict: verdictSchema, score: z.number() }),
    }),
  ),
  nearest: z.array(z.looseObject(quotedShape)).describe('what the articles do say, where they do not answer'),
  summary: z.record(z.string(), z.int().min(0)).describe('how the sentences fared in verification'),
  receipt: z.object({ sha256: z.string(), createdAt: z.string(), indexGeneration: z.string() }),
});

/** Registers `ask`: an answer with its footnotes. */
export function registerAsk(server: McpServer, options: ToolOptions): void {
  server.registerTool(
    'ask',
    {
      title: 'Ask the articles',
      description,
      inputSchema: inputSchema(options.limits),
      outputSchema,
      // Asked again later, the same question may have another answer.
      annotations: { ...readOnly, idempotentHint: false },
    },
    (request, extra) =>
      callTool(options, extra, async (signal) => {
        const answer = await answerWithProgress(options, request, extra, signal);
        return { structured: structuredAnswer(answer), text: answerText(answer) };
      }),
  );
}

async function answerWithProgress(
  { assistant }: ToolOptions,
  request: AnswerRequest,
  extra: ToolExtra,
  signal: AbortSignal,
): Promise<Answer> {
  const tell = progressSender(extra);
  let sentences = 0;
  await tell('Searching the articles');
  for await (const event of assistant.answer(request, { signal })) {
    if (event.type === 'evidence') await tell(`Passages found: ${event.evidence.length}`);
    else if (event.type === 'sentence-verdict') {
      sentences += 1;
      await tell(`Sentence ${sentences}: ${event.sentence.verdict}`);
    } else if (event.type === 'answer-end') return event.answer;
    else if (event.type === 'error') {
      throw new FootnoteError('unavailable', event.problem.detail ?? event.problem.title);
    }
  }
  throw new Error('The stream of events stopped before the end of the answer.');
}

function structuredAnswer(answer: Answer) {
  const { id, question, standaloneQuestion, language, outcome, text, unanswered, degraded } = answer;
  const { sha256, createdAt, indexGeneration } = answer.receipt;
  return {
    id,
    question,
    standaloneQuestion,
    language,
    outcome,
    text,
    unanswered,
    ...(answer.asOf !== undefined && { asOf: answer.asOf }),
    degraded,
    sentences: answer.sentences.map(({ start, end, verdict, citations }) => ({
      text: sliceSpan(text, { start, end }),
      start,
      end,
      verdict,
      citations,
    })),
    citations: answer.citations,
    nearest: answer.nearest,
    summary: answer.summary,
    receipt: { sha256, createdAt, indexGeneration },
  };
}

function answerText(answer: Answer): string {
  const { outcome, text, citations, nearest, summary, id } = answer;
  const { supported, partial, unsupported, uncited } = summary;
  const footnotes = citations.map(
    (citation) =>
      `[${citation.n}] ${describePlace(citation)}, ${citation.support.verdict}:\n${quoteBlock(citation.quote)}`,
  );
  const near = nearest.map((place) => `- ${describePlace(place)}:\n${quoteBlock(place.quote)}`);
  return [
    `Outcome: ${outcome}. Sentences: ${supported} supported, ${partial} partial, ${unsupported} unsupported, ${uncited} uncited. Answer ${id}.`,
    `Reply:\n${quoteBlock(text)}`,
    ...(footnotes.length > 0 ? ['Footnotes, word for word from the articles:', ...footnotes] : []),
    ...(near.length > 0 ? ['What the articles do say, which is no answer:', ...near] : []),
  ].join('\n\n');
}
