import type { Turn } from '../protocol/answer.ts';

/** Characters of earlier turns sent along: enough to understand a follow-up, small enough for every server. */
const historyLength = 20_000;

/** What was said so far, kept in the memory of this page only. */
export interface Conversation {
  /** The latest turns, oldest first, as the API takes them. */
  history(): Turn[];
  add(question: string, reply: string): void;
  clear(): void;
}

/** An empty conversation that sends at most `historyTurns` turns along. */
export function createConversation({ historyTurns }: { historyTurns: number }): Conversation {
  let turns: Turn[] = [];
  return {
    history() {
      const latest: Turn[] = [];
      let length = 0;
      for (const turn of turns.toReversed()) {
        length += turn.content.length;
        if (latest.length === historyTurns || length > historyLength) break;
        latest.unshift(turn);
      }
      return latest;
    },
    add(question, reply) {
      turns.push({ role: 'user', content: question });
      if (reply !== '') turns.push({ role: 'assistant', content: reply });
    },
    clear() {
      turns = [];
    },
  };
}
