import { describe, expect, it, onTestFinished } from 'vitest';

import {
  conversationsFile,
  type ConversationStoreOptions,
  createConversationStore,
  maximumCharacters,
  maximumTurns,
} from '../../src/conversation/conversation-store.ts';
import { conversationInfoSchema, conversationSchema } from '../../src/domain/schemas/conversation-schema.ts';
import { createFolder } from '../support/folders.ts';

const dayMs = 86_400_000;

async function newFile(): Promise<string> {
  const folder = await createFolder();
  onTestFinished(() => folder.remove());
  return conversationsFile(folder.path);
}

function storeIn(file: string, options: Partial<ConversationStoreOptions> = {}) {
  const store = createConversationStore({ file, retentionDays: 30, ...options });
  onTestFinished(() => store.close());
  return store;
}

const exchange = (n: number) => ({ id: `answer-${n}`, question: `Question ${n}?`, text: `Reply ${n}. [1]` });

describe('the conversation store', () => {
  it('gives back what was said, in its order, also to another process and after it was closed', async () => {
    const file = await newFile();
    const store = storeIn(file, { now: () => Date.UTC(2024, 0, 1) });
    const info = await store.create();
    expect(conversationInfoSchema.parse(info)).toEqual(info);
    expect(await store.append(info.id, exchange(1))).toBe(true);
    expect(await store.append(info.id, exchange(2))).toBe(true);
    await store.close();
    const found = await storeIn(file, { now: () => Date.UTC(2024, 0, 2) }).get(info.id);
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

  it('keeps apart what is said in different conversations, and knows no others', async () => {
    const store = storeIn(await newFile());
    expect(await store.get('nope')).toBeUndefined();
    const [one, two] = [await store.create(), await store.create()];
    await store.append(one.id, exchange(1));
    expect((await store.get(two.id))?.turns).toEqual([]);
    expect(await store.append('nope', exchange(1))).toBe(false);
    expect(await store.delete('nope')).toBe(false);
  });

  it('loses nothing when several stores of one file add at the same time', async () => {
    const file = await newFile();
    const first = storeIn(file);
    const { id } = await first.create();
    const stores = [first, storeIn(file), storeIn(file), storeIn(file)];
    await Promise.all(
      stores.flatMap((store, place) =>
        Array.from({ length: 10 }, (_, n) => store.append(id, exchange(place * 10 + n))),
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
    const store = storeIn(await newFile());
    const { id } = await store.create();
    await store.append(id, exchange(1));
    expect(await store.delete(id)).toBe(true);
    expect(await store.get(id)).toBeUndefined();
    expect(await store.append(id, exchange(2))).toBe(false);
    expect(await store.delete(id)).toBe(false);
  });

  it('ends when nothing was asked in it for so long, and sooner where nothing ever was', async () => {
    let now = 0;
    const store = storeIn(await newFile(), { now: () => now });
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
  });

  it('keeps the latest turns of a conversation without end', async () => {
    const store = storeIn(await newFile());
    const { id } = await store.create();
    const last = maximumTurns / 2 + 3;
    for (let n = 1; n <= last; n += 1) await store.append(id, exchange(n));
    const turns = (await store.get(id))?.turns ?? [];
    expect(turns).toHaveLength(maximumTurns);
    expect([turns[0]?.answerId, turns.at(-1)?.answerId]).toEqual(['answer-4', `answer-${last}`]);
  });

  it('keeps no more text than its limit, but always the latest reply', async () => {
    const store = storeIn(await newFile());
    const { id } = await store.create();
    const half = 'x'.repeat(maximumCharacters / 2);
    for (let n = 1; n <= 3; n += 1) await store.append(id, { ...exchange(n), text: half });
    expect((await store.get(id))?.turns.map(({ answerId }) => answerId)).toEqual(['answer-3', 'answer-3']);
    await store.append(id, { ...exchange(4), text: half + half });
    expect((await store.get(id))?.turns.at(-1)?.content).toHaveLength(maximumCharacters);
  });
});
