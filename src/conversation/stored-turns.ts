import type { ConversationInfo, StoredTurn } from '../domain/conversation.ts';

/** A conversation of a store, as its callers see it. Instants are epoch milliseconds. */
export function toInfo(row: { id: string; created_at: number; expires_at: number }): ConversationInfo {
  return { id: row.id, createdAt: isoInstant(row.created_at), expiresAt: isoInstant(row.expires_at) };
}

/** The question and the reply of a stored exchange. */
export function toTurns({
  answer: answerId,
  at: time,
  question,
  reply,
}: {
  readonly answer: string;
  readonly at: number;
  readonly question: string;
  readonly reply: string;
}): StoredTurn[] {
  const at = isoInstant(time);
  return [
    { role: 'user', content: question, answerId, at },
    { role: 'assistant', content: reply, answerId, at },
  ];
}

function isoInstant(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
