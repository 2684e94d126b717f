import type { Answer, AnswerRequest } from '../domain/answer.ts';
import type { Conversation, ConversationInfo, StoredTurn, Turn } from '../domain/conversation.ts';
import { FootnoteError } from '../domain/errors.ts';
import type { ConversationStore } from './conversation-store.ts';
import { turnLength } from './request-schemas.ts';

/** Stored conversations, as those who ask in them see them. */
export interface Conversations {
  /** @throws FootnoteError `not-found` where none are stored */
  readonly create: () => Promise<ConversationInfo>;
  /** @throws FootnoteError `not-found` */
  readonly get: (id: string) => Promise<Conversation>;
  /** @throws FootnoteError `not-found` */
  readonly delete: (id: string) => Promise<void>;
  /**
   * `request` with the stored turns of its conversation as its history. One that brings a history of its own keeps it, and
   * its `conversationId` may be any.
   *
   * @throws FootnoteError `not-found`
   */
  readonly withHistory: (request: AnswerRequest) => Promise<AnswerRequest>;
  /** Adds the answer to its conversation, where that is a stored one. */
  readonly remember: (answer: Answer) => Promise<void>;
}

/**
 * @param options.store - absent where no conversations are stored.
 * @param options.historyTurns - the latest turns that an answer takes into account.
 */
export function createConversations({
  store,
  historyTurns,
}: {
  readonly store: ConversationStore | undefined;
  readonly historyTurns: number;
}): Conversations {
  async function get(id: string): Promise<Conversation> {
    const conversation = await stored(store).get(id);
    if (!conversation) throw unknown(id);
    return conversation;
  }

  return {
    create: async () => stored(store).create(),
    get,
    delete: async (id) => {
      if (!(await stored(store).delete(id))) throw unknown(id);
    },
    withHistory: async (request) => {
      const { conversationId, history } = request;
      if (conversationId === undefined || history !== undefined) return request;
      const { turns } = await get(conversationId);
      return { ...request, history: turns.slice(Math.max(0, turns.length - historyTurns)).map(toTurn) };
    },
    remember: async (answer) => {
      if (answer.conversationId !== undefined) await store?.append(answer.conversationId, answer);
    },
  };
}

function toTurn({ role, content }: StoredTurn): Turn {
  // The numbers of earlier footnotes mean nothing in the next answer.
  const text = role === 'assistant' ? content.replaceAll(/ (?:\[\d+\])+/gu, '') : content;
  return { role, content: text.slice(0, turnLength).toWellFormed() };
}

function stored(store: ConversationStore | undefined): ConversationStore {
  if (store) return store;
  throw new FootnoteError(
    'not-found',
    'This server stores no conversations: send the earlier turns as "history" with each question.',
    { remedy: 'Set CONVERSATION_RETENTION_DAYS to store them.' },
  );
}

function unknown(id: string): FootnoteError {
  return new FootnoteError(
    'not-found',
    `There is no conversation with the id "${id}", or no longer. Begin one with POST /api/conversations, or send the ` +
      'earlier turns as "history".',
  );
}
