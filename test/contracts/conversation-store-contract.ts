import { describe, expect, it, onTestFinished } from 'vitest';

import {
  type ConversationStore,
  maximumCharacters,
  maximumTurns,
} from '../../src/conversation/conversation-store.ts';
import { conversationInfoSchema, conversationSchema } from '../../src/domain/schemas/conversation-schema.ts';
import { collected, type NewPlace } from './places.ts';

const dayMs = 86_400_000;

/** A question with its reply. */
export const exchange = (n: number) => ({
  id: `answer-${n}`,
  question: `Question ${n}?`,
  text: `Reply ${n}. [1]`,
});

/** What every store of conversations does, which keeps them for 30 days. */
export function conversationStoreContract(name: string, newPlace: NewPlace<ConversationStore>): void {
  async function place() {
    const open = await newPlace();
    return (...options: Parameters<typeof open>) => {
      const store = open(...options);
      onTestFinished(() => store.close());
      return store;
    };
  }

  describe(`a conversation in ${name}`, () => {
    it('is given back in its order, also to others and after the store was closed', async () => {
      const open = await place();
      const store = open({ now: () => Date.UTC(2024, 0, 1) });
      const info = await store.create();
      expect(conversationInfoSchema.parse(info)).toEqual(info);
      expect(await store.append(info.id, exchange(1))).toBe(true);
      expect(await store.append(info.id, exchange(2))).toBe(true);
      await store.close();
      const found = await open({ now: () => Date.UTC(2024, 0, 2) }).get(info.id);
      expect(found).toEqual({
        id: info.id,
        createdAt: '2024-01-01T00:00:00.000Z',
        expiresAt: '2024-01-31T00:00:00.000Z',
        turns: [1, 2].flatMap((n) => {
          const { id: answerId, question, text } = exchange(n);
          const at = '2024-01-01T00:00:00.000Z';
          return [
            { role: 'user', content: question, answerId, at },
            { role: 'assistant', content: text, answerId, at },
          ];
        }),
      });
      expect(conversationSchema.parse(found)).toEqual(found);
    });

    it('keeps every character', async () => {
      const store = (await place())();
      const { id } = await store.create();
      const odd = { id: 'odd', question: 'Is it \0 or "\\u0000"?', text: '\uD83D\uDE00 Đã \\ rồi.' };
      await store.append(id, odd);
      expect((await store.get(id))?.turns.map(({ content }) => content)).toEqual([odd.question, odd.text]);
    });

    it('is kept apart from others, and those that were never begun do not exist', async () => {
      const store = (await place())();
      expect(await store.get('nope')).toBeUndefined();
      const [one, two] = [await store.create(), await store.create()];
      await store.append(one.id, exchange(1));
      expect((await store.get(two.id))?.turns).toEqual([]);
      for (const unknown of ['nope', '\0']) {
        expect(await store.get(unknown)).toBeUndefined();
        expect(await store.append(unknown, exchange(1))).toBe(false);
        expect(await store.delete(unknown)).toBe(false);
      }
    });

    it('loses nothing when several stores add to it at the same time', async () => {
      const open = await place();
      const first = open();
      const { id } = await first.create();
      const stores = [first, open(), open(), open()];
      await Promise.all(
        stores.flatMap((store, index) =>
          Array.from({ length: 10 }, (_, n) => store.append(id, exchange(index * 10 + n))),
        ),
      );
      const turns = (await first.get(id))?.turns ?? [];
      expect(turns).toHaveLength(80);
      expect(new Set(turns.map(({ answerId }) => answerId)).size).toBe(40);
      // Each reply stands behind its own question.
      for (let index = 0; index < turns.length; index += 2) {
        expect(turns[index + 1]?.answerId).toBe(turns[index]?.answerId);
      }
    });

    it('is deleted with all that was said', async () => {
      const store = (await place())();
      const { id } = await store.create();
      await store.append(id, exchange(1));
      expect(await store.delete(id)).toBe(true);
      expect(await store.get(id)).toBeUndefined();
      expect(await store.append(id, exchange(2))).toBe(false);
      expect(await store.delete(id)).toBe(false);
    });

    it('ends when nothing was asked in it for so long, and sooner where nothing ever was', async () => {
      let now = 0;
      const open = await place();
      const store = open({ now: () => now });
      const [used, unused] = [await store.create(), await store.create()];
      expect(Date.parse(unused.expiresAt)).toBe(dayMs);
      await store.append(used.id, exchange(1));
      now = dayMs;
      expect(await store.get(unused.id)).toBeUndefined();
      expect(await store.append(unused.id, exchange(1))).toBe(false);
      now = 29 * dayMs;
      await store.append(used.id, exchange(2));
      now = 58 * dayMs;
      expect((await store.get(used.id))?.turns).toHaveLength(4);
      now = 59 * dayMs;
      expect(await store.get(used.id)).toBeUndefined();
      // Gone for good once a store has been opened: also to a clock that stands earlier.
      await open({ now: () => now }).get(used.id);
      now = 0;
      expect(await store.get(used.id)).toBeUndefined();
    });

    it('keeps its latest turns, however many there were', async () => {
      const store = (await place())();
      const { id } = await store.create();
      const last = maximumTurns / 2 + 3;
      for (let n = 1; n <= last; n += 1) await store.append(id, exchange(n));
      const turns = (await store.get(id))?.turns ?? [];
      expect(turns).toHaveLength(maximumTurns);
      expect([turns[0]?.answerId, turns.at(-1)?.answerId]).toEqual(['answer-4', `answer-${last}`]);
    });

    it('keeps no more text than its limit, but always the latest reply', async () => {
      const store = (await place())();
      const { id } = await store.create();
      const half = '"'.repeat(maximumCharacters / 2);
      const room = { id: 'fits', question: '', text: half };
      await store.append(id, { ...room, id: 'first' });
      await store.append(id, room);
      expect((await store.get(id))?.turns).toHaveLength(4);
      for (let n = 1; n <= 3; n += 1) await store.append(id, { ...exchange(n), text: half });
      expect((await store.get(id))?.turns.map(({ answerId }) => answerId)).toEqual(['answer-3', 'answer-3']);
      await store.append(id, { ...exchange(4), text: half + half });
      expect((await store.get(id))?.turns.at(-1)?.content).toHaveLength(maximumCharacters);
    });

    it('loses the answers that are purged, with their questions', async () => {
      const store = (await place())();
      const [one, two] = [await store.create(), await store.create()];
      for (const n of [1, 2]) await store.append(one.id, exchange(n));
      await store.append(two.id, exchange(3));
      expect(await store.purgeAnswers(['answer-1', 'answer-3', 'answer-9', '\0'])).toBe(2);
      expect((await store.get(one.id))?.turns.map(({ answerId }) => answerId)).toEqual([
        'answer-2',
        'answer-2',
      ]);
      expect((await store.get(two.id))?.turns).toEqual([]);
      expect(await store.purgeAnswers([])).toBe(0);
    });
  });

  describe(`the records of conversations in ${name}`, () => {
    it('hold what was said, make an equal store, and change nothing the second time', async () => {
      const now = () => Date.UTC(2024, 0, 1);
      const [from, to] = [(await place())({ now }), (await place())({ now })];
      expect(await collected(from.records())).toEqual([]);
      const infos = [];
      for (let count = 0; count < 3; count += 1) infos.push(await from.create());
      for (const n of [1, 2]) await from.append(infos[0]?.id ?? '', exchange(n));
      const records = await collected(from.records());
      expect(new Set(records.map(({ id }) => id))).toEqual(new Set(infos.map(({ id }) => id)));
      for (const record of [...records, ...records]) await to.restore(record);
      for (const { id } of infos) expect(await to.get(id)).toEqual(await from.get(id));
      expect((await to.get(infos[0]?.id ?? ''))?.turns).toHaveLength(4);
    });
  });
}
