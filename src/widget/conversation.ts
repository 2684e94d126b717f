import type { Turn } from '../protocol/answer.ts';
import { plainText, type Reply } from './reply.ts';

/** Characters of earlier turns sent along: enough to understand a follow-up, small enough for every server. */
const historyLength = 12_000;

/** What is kept at most: exchanges, and characters of their JSON (a browser grants some five million in all). */
const keptExchanges = 30;
const keptLength = 500_000;

/** A question with its reply. */
export interface Exchange {
  readonly question: string;
  readonly reply: Reply;
  readonly rating?: 'up' | 'down';
}

/** Where a conversation outlives the page: the part of the Web Storage interface that is needed for it. */
export interface KeyValueStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** What was said so far. */
export interface Conversation {
  /** Oldest first. */
  exchanges(): readonly Exchange[];
  /** The latest turns, oldest first, as the API takes them. */
  history(): Turn[];
  add(exchange: Exchange): void;
  /** Keeps what the reader thinks of the answer with that id. */
  rate(answerId: string, rating: 'up' | 'down'): void;
  clear(): void;
}

/**
 * The conversation that `store` holds under `key`. One that cannot be read is forgotten, and one that cannot be
 * written (private windows, full storage) lives as long as the page.
 *
 * @param options.historyTurns - how many turns {@link Conversation.history} gives at most.
 */
export function createConversation(options: {
  readonly historyTurns: number;
  readonly key: string;
  readonly store?: KeyValueStore | undefined;
}): Conversation {
  const { historyTurns, key, store } = options;
  let exchanges = read(store, key);

  const save = () => {
    try {
      let kept = exchanges.slice(-keptExchanges);
      let text = JSON.stringify(kept);
      while (text.length > keptLength && kept.length > 1) {
        kept = kept.slice(1);
        text = JSON.stringify(kept);
      }
      if (kept.length === 0 || text.length > keptLength) store?.removeItem(key);
      else store?.setItem(key, text);
    } catch {
      // It stays in memory.
    }
  };
  return {
    exchanges: () => exchanges,
    history() {
      const latest: Turn[] = [];
      let length = 0;
      for (const turn of exchanges.flatMap(turnsOf).toReversed()) {
        length += turn.content.length;
        if (latest.length >= historyTurns || length > historyLength) break;
        latest.unshift(turn);
      }
      return latest;
    },
    add(exchange) {
      exchanges = [...exchanges, exchange];
      save();
    },
    rate(answerId, rating) {
      exchanges = exchanges.map((exchange) =>
        exchange.reply.id === answerId ? { ...exchange, rating } : exchange,
      );
      save();
    },
    clear() {
      exchanges = [];
      save();
    },
  };
}

function turnsOf({ question, reply }: Exchange): Turn[] {
  const content = plainText(reply);
  const asked: Turn = { role: 'user', content: question };
  return content === '' ? [asked] : [asked, { role: 'assistant', content }];
}

function read(store: KeyValueStore | undefined, key: string): Exchange[] {
  try {
    const value: unknown = JSON.parse(store?.getItem(key) ?? '[]');
    return Array.isArray(value) ? value.filter(isExchange) : [];
  } catch {
    return [];
  }
}

// Only this script writes there, so its shape is looked at closely enough to survive an older version of it.
function isExchange(value: unknown): value is Exchange {
  if (!isRecord(value) || typeof value['question'] !== 'string' || !isRecord(value['reply'])) return false;
  const { text, sentences, citations, nearest } = value['reply'];
  return typeof text === 'string' && [sentences, citations, nearest].every((list) => Array.isArray(list));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
