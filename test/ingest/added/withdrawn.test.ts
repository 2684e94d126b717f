import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { createWithdrawnStore, withdrawnFile } from '../../../src/ingest/added/withdrawn.ts';
import { createFolder } from '../../support/folders.ts';

async function newFolder(): Promise<string> {
  const folder = await createFolder();
  onTestFinished(() => folder.remove());
  return folder.path;
}

const at = '2026-01-01T00:00:00.000Z';

describe('the list of withdrawn articles', () => {
  it('knows an article by its id and by its addresses, also after a restart', async () => {
    const dir = join(await newFolder(), 'added');
    const store = createWithdrawnStore({ dir });
    expect((await store.read()).list).toEqual([]);
    expect(existsSync(dir)).toBe(false);
    await store.withdraw({
      articleId: 'boats',
      url: 'https://news.example/boats',
      finalUrl: 'https://www.news.example/boats',
      at,
    });
    const withdrawals = await createWithdrawnStore({ dir }).read();
    expect(withdrawals.isWithdrawn({ articleId: 'boats' })).toBe(true);
    expect(withdrawals.isWithdrawn({ articleId: 'nets' })).toBe(false);
    expect(withdrawals.isWithdrawn({ url: 'HTTPS://NEWS.example/boats#top' })).toBe(true);
    expect(withdrawals.isWithdrawn({ url: 'https://www.news.example/boats' })).toBe(true);
    expect(withdrawals.isWithdrawn({ url: 'https://news.example/boats?page=2' })).toBe(false);
  });

  it('loses none of several changes at once, and has each article once', async () => {
    const store = createWithdrawnStore({ dir: await newFolder() });
    const ids = Array.from({ length: 20 }, (_, number) => `a-${number % 15}`);
    await Promise.all(
      ids.map((articleId, number) =>
        store.withdraw({ articleId, at: new Date(Date.parse(at) + number).toISOString() }),
      ),
    );
    const { list } = await store.read();
    expect(list).toHaveLength(15);
    expect(list[0]?.articleId).toBe('a-4');
  });

  it('lets articles come back by id, address or file', async () => {
    const store = createWithdrawnStore({ dir: await newFolder() });
    await store.withdraw({ articleId: 'a', at });
    await store.withdraw({ articleId: 'b', url: 'https://news.example/b', at });
    await store.withdraw({ articleId: 'c', file: 'added/c.md', at });
    await store.withdraw({ articleId: 'd', file: 'd.md', at });
    const lifted = await store.restore({
      articleIds: ['a', 'other'],
      urls: ['https://news.example/b#part'],
      files: ['added/c.md'],
    });
    expect(store.latest().list.map(({ articleId }) => articleId)).toEqual(['d']);
    expect(lifted.map(({ articleId }) => articleId).toSorted()).toEqual(['a', 'b', 'c']);
    expect((await store.read()).list.map(({ articleId }) => articleId)).toEqual(['d']);
  });

  it.each(['', '{', '[]', '{"withdrawn":[{"id":"a"}]}'])(
    'is never taken for empty when it is damaged: %j',
    async (text) => {
      const dir = await newFolder();
      await writeFile(join(dir, withdrawnFile), text);
      const store = createWithdrawnStore({ dir });
      const problem = {
        code: 'configuration',
        message: expect.stringContaining(join(dir, withdrawnFile)),
        remedy: expect.stringContaining('backup'),
      };
      await expect(store.read()).rejects.toMatchObject(problem);
      await expect(store.withdraw({ articleId: 'a', at })).rejects.toMatchObject(problem);
    },
  );

  it('says so where it cannot be written', async () => {
    const dir = join(await newFolder(), 'file');
    await writeFile(dir, '');
    const store = createWithdrawnStore({ dir: join(dir, 'added') });
    await expect(store.withdraw({ articleId: 'a', at })).rejects.toMatchObject({
      remedy: expect.stringMatching(/ADDED_DIR|backup/u),
    });
  });
});
