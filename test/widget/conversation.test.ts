import { describe, expect, it } from 'vitest';

import { createConversation, type KeyValueStore } from '../../src/widget/conversation.ts';
import { advance, emptyReply, type Reply } from '../../src/widget/reply.ts';
import { eventsOf, sampleAnswer } from '../http/support/sample-answer.ts';

const done: Reply = eventsOf(sampleAnswer()).reduce(advance, emptyReply);
const reply =
  'The fair drew 5,400 visitors over three days. Children paid nothing.\nIt will return next year.';

function memory(): KeyValueStore & { readonly values: Map<string, string> } {
  const values = new Map<string, string>();
  return {
    values,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

describe('a conversation', () => {
  it('survives in its store, with finished replies as they were', () => {
    const store = memory();
    createConversation({ historyTurns: 4, key: 'a', store }).add({ question: 'One?', reply: done });
    const again = createConversation({ historyTurns: 4, key: 'a', store });
    expect(again.exchanges()).toEqual([{ question: 'One?', reply: done }]);
    expect(again.history()).toEqual([
      { role: 'user', content: 'One?' },
      { role: 'assistant', content: reply },
    ]);
    expect(createConversation({ historyTurns: 4, key: 'b', store }).exchanges()).toEqual([]);
  });

  it('sends the latest turns only, and not more than fit', () => {
    const conversation = createConversation({ historyTurns: 3, key: 'a' });
    for (const question of ['One?', 'Two?']) conversation.add({ question, reply: done });
    expect(conversation.history().map(({ role }) => role)).toEqual(['assistant', 'user', 'assistant']);
    conversation.add({ question: 'q'.repeat(20_000), reply: { ...done, text: '', sentences: [] } });
    expect(conversation.history()).toEqual([]);
    expect(createConversation({ historyTurns: 0, key: 'a' }).history()).toEqual([]);
  });

  it('keeps the latest exchanges when there are too many, and none that is too long', () => {
    const store = memory();
    const conversation = createConversation({ historyTurns: 4, key: 'a', store });
    for (let index = 0; index < 40; index += 1) conversation.add({ question: `${index}?`, reply: done });
    const kept = createConversation({ historyTurns: 4, key: 'a', store }).exchanges();
    expect(kept).toHaveLength(30);
    expect(kept.at(-1)?.question).toBe('39?');
    const long = { ...done, text: 'x'.repeat(200_000) };
    for (let index = 0; index < 4; index += 1) conversation.add({ question: `long ${index}?`, reply: long });
    expect(createConversation({ historyTurns: 4, key: 'a', store }).exchanges()).toHaveLength(2);
    conversation.add({ question: 'x'.repeat(600_000), reply: done });
    expect(store.values.has('a')).toBe(false);
    expect(conversation.exchanges()).toHaveLength(45);
  });

  it('keeps a rating, and forgets everything on request', () => {
    const store = memory();
    const conversation = createConversation({ historyTurns: 4, key: 'a', store });
    conversation.add({ question: 'One?', reply: done });
    conversation.rate('answer-1', 'down');
    expect(createConversation({ historyTurns: 4, key: 'a', store }).exchanges()[0]?.rating).toBe('down');
    conversation.clear();
    expect([conversation.exchanges(), [...store.values.keys()]]).toEqual([[], []]);
  });

  it.each(['{', 'null', '7', '[null]', '[{"question":1}]', '[{"question":"q","reply":{"text":"t"}}]'])(
    'begins anew where the store holds %s',
    (value) => {
      const store = memory();
      store.setItem('a', value);
      expect(createConversation({ historyTurns: 4, key: 'a', store }).exchanges()).toEqual([]);
    },
  );

  it('lives without a store, and with one that refuses', () => {
    const refuse = () => {
      throw new Error('QuotaExceededError');
    };
    const store = { getItem: refuse, setItem: refuse, removeItem: refuse };
    for (const options of [{}, { store }]) {
      const conversation = createConversation({ historyTurns: 4, key: 'a', ...options });
      conversation.add({ question: 'One?', reply: done });
      expect(conversation.exchanges()).toHaveLength(1);
    }
  });
});
