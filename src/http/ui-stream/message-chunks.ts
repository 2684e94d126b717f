import type { AnswerEvent } from '../../domain/answer-event.ts';
import type { Answer, AnswerSentence, Usage } from '../../domain/answer.ts';
import type { Citation } from '../../domain/citation.ts';
import { safeUrl } from '../pages/safe-url.ts';

/** What a chat shows of the finished answer besides its text, citations and sentences. */
export type AnswerPart = Pick<
  Answer,
  | 'id'
  | 'language'
  | 'standaloneQuestion'
  | 'outcome'
  | 'unanswered'
  | 'nearest'
  | 'asOf'
  | 'degraded'
  | 'summary'
> & { readonly receipt: Pick<Answer['receipt'], 'sha256' | 'createdAt'>; readonly usage?: Usage };

/** Where to find a source's `data-citation` part, and its article. */
interface SourceMetadata {
  readonly footnote: { readonly n: number; readonly articleId: string; readonly passageId: string };
}

/**
 * The chunks of the AI SDK's UI message stream (v1) that Footnote sends. Members that only some versions of the client
 * know are left out: older ones refuse what they do not know.
 */
export type MessageChunk =
  | { readonly type: 'start'; readonly messageId: string }
  | { readonly type: 'text-start' | 'text-end'; readonly id: string }
  | { readonly type: 'text-delta'; readonly id: string; readonly delta: string }
  | {
      readonly type: 'source-url';
      readonly sourceId: string;
      readonly url: string;
      readonly title: string;
      readonly providerMetadata: SourceMetadata;
    }
  | {
      readonly type: 'source-document';
      readonly sourceId: string;
      readonly mediaType: 'text/plain';
      readonly title: string;
      readonly providerMetadata: SourceMetadata;
    }
  | { readonly type: 'data-citation'; readonly id: string; readonly data: Citation }
  | { readonly type: 'data-sentence'; readonly id: string; readonly data: AnswerSentence }
  | { readonly type: 'data-answer'; readonly id: string; readonly data: AnswerPart }
  | { readonly type: 'finish' }
  | { readonly type: 'error'; readonly errorText: string };

/** The answer is one text part: spans of citations and sentences are spans of its text. */
const textId = 'answer';

/** Tells the events of one answer as chunks of a UI message stream, each when it comes. */
export function createMessageChunks(): (event: AnswerEvent) => MessageChunk[] {
  let isTextOpen = false;
  let sentences = 0;
  return (event) => {
    switch (event.type) {
      case 'answer-start':
        return [{ type: 'start', messageId: event.id }];
      case 'evidence':
        return [];
      case 'text-delta': {
        const opening: MessageChunk[] = isTextOpen ? [] : [{ type: 'text-start', id: textId }];
        isTextOpen = true;
        return [...opening, { type: 'text-delta', id: textId, delta: event.delta }];
      }
      case 'citation':
        return [sourceChunk(event.citation), citationChunk(event.citation)];
      case 'sentence-verdict': {
        sentences += 1;
        return [{ type: 'data-sentence', id: `sentence-${sentences}`, data: event.sentence }];
      }
      case 'answer-end':
        return [
          ...(isTextOpen ? [{ type: 'text-end', id: textId } as const] : []),
          // What comes with the finished answer only; a part replaces the one with its id.
          ...event.answer.citations.filter(({ translation }) => translation).map(citationChunk),
          { type: 'data-answer', id: 'answer', data: answerPart(event.answer, event.usage) },
          { type: 'finish' },
        ];
      case 'error':
        return [{ type: 'error', errorText: event.problem.detail ?? event.problem.title }];
    }
  };
}

function citationChunk(citation: Citation): MessageChunk {
  return { type: 'data-citation', id: `citation-${citation.n}`, data: citation };
}

function sourceChunk({ n, articleId, passageId, title, links }: Citation): MessageChunk {
  const url = safeUrl(links.original);
  const source = {
    sourceId: `source-${n}`,
    title,
    providerMetadata: { footnote: { n, articleId, passageId } },
  };
  return url === undefined
    ? { type: 'source-document', mediaType: 'text/plain', ...source }
    : { type: 'source-url', url, ...source };
}

function answerPart(answer: Answer, usage: Usage | undefined): AnswerPart {
  const { id, language, standaloneQuestion, outcome, unanswered, nearest, asOf, degraded, summary } = answer;
  const { sha256, createdAt } = answer.receipt;
  return {
    id,
    language,
    standaloneQuestion,
    outcome,
    unanswered,
    nearest,
    ...(asOf !== undefined && { asOf }),
    degraded,
    summary,
    receipt: { sha256, createdAt },
    ...(usage && { usage }),
  };
}
