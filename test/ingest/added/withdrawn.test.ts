import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { createWithdrawnStore, withdrawnFile } from '../../../src/ingest/added/withdrawn.ts';
import { withdrawnStoreContract } from '../../contracts/withdrawn-store-contract.ts';
import { createFolder } from '../../support/folders.ts';

async function newFolder(): Promise<string> {
  const folder = await createFolder();
  onTestFinished(() => folder.remove());
  return folder.path;
}

const at = '2026-01-01T00:00:00.000Z';

withdrawnStoreContract('a folder', async () => {
  const dir = join(await newFolder(), 'added');
  return () => createWithdrawnStore({ dir });
});

describe('the list of withdrawn articles', () => {
  it('makes no folder before there is one', async () => {
    const dir = join(await newFolder(), 'added');
    expect((await createWithdrawnStore({ dir }).read()).list).toEqual([]);
    expect(existsSync(dir)).toBe(false);
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
