/** One turn of a conversation. */
export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/** A turn as it is stored. */
export interface StoredTurn extends Turn {
  /** The answer that the turn is, or that it led to. */
  readonly answerId: string;
  /** ISO 8601 instant. */
  readonly at: string;
}

/** A conversation that the server stores. */
export interface ConversationInfo {
  readonly id: string;
  /** ISO 8601 instant. */
  readonly createdAt: string;
  /** ISO 8601 instant at which it is removed; each answer in it moves that. */
  readonly expiresAt: string;
}

/** A stored conversation with what was said in it. */
export interface Conversation extends ConversationInfo {
  /** Oldest first. Of a very long conversation, only the latest. */
  readonly turns: readonly StoredTurn[];
}
