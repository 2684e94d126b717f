import { execFileSync } from 'node:child_process';
import { cp, mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';

import { createAssistant } from '../../src/assistant.ts';
import { loadConfig } from '../../src/config.ts';
import { answersFile } from '../../src/conversation/answer-store.ts';
import { conversationsFile } from '../../src/conversation/conversation-store.ts';
import { errorMessage } from '../../src/domain/errors.ts';
import { createBayIndex } from '../support/bay-index.ts';
import { canMount } from '../support/can-mount.ts';

const question = 'How many passengers does the electric ferry carry on each crossing?';

/** An assistant whose index folder is a disk of its own, of eight megabytes. */
async function onSmallDisk() {
  const folder = await createBayIndex();
  onTestFinished(() => folder.remove());
  const disk = join(folder.path, 'disk');
  const settings = { CORPUS_DIR: join(folder.path, 'corpus'), INDEX_DIR: disk, CHAT_MODEL: '' };
  await mkdir(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]);
  onTestFinished(() => void execFileSync('umount', ['-l', disk]));
  await cp(join(folder.path, 'index'), disk, { recursive: true });

  const failures: string[] = [];
  const onStoreError = (error: unknown) => void failures.push(errorMessage(error));
  const config = loadConfig({ ...settings, EMBEDDINGS: 'bundled', EMBEDDING_WORKERS: '1' });
  const assistant = await createAssistant(config, { onStoreError });
  onTestFinished(() => assistant.close());
  return { assistant, disk, failures };
}

/** Takes what is left of the disk. */
async function fill(disk: string): Promise<() => Promise<void>> {
  const file = join(disk, 'filler');
  const { bavail, bsize } = await statfs(disk);
  await writeFile(file, Buffer.alloc(bavail * bsize));
  return () => rm(file);
}

it.runIf(canMount())(
  'answers on a full disk, reports what cannot be stored, damages nothing, and stores again once there is room',
  { timeout: 60_000 },
  async () => {
    const { assistant, disk, failures } = await onSmallDisk();
    const conversation = await assistant.createConversation();
    const ask = () => assistant.ask({ question, conversationId: conversation.id });
    const before = await ask();
    expect(failures).toEqual([]);

    const empty = await fill(disk);
    const full = [];
    // What is left of the last page may take one more; it is told of each that is not stored.
    while (failures.length < 4) full.push(await ask());
    const unstored = full.at(-1);
    expect(unstored).toMatchObject({ abstained: false, text: before.text });
    expect(
      new Set(failures.map((failure) => /(?<name>\w+)\.sqlite: .*full$/u.exec(failure)?.groups?.['name'])),
    ).toEqual(new Set(['answers', 'conversations']));
    expect(await assistant.storedAnswer(before.id)).toEqual(before);
    await expect(assistant.storedAnswer(unstored?.id ?? '')).rejects.toMatchObject({ code: 'not-found' });
    await expect(
      assistant.addFeedback(before.id, { rating: 'up', comment: 'x'.repeat(2_000) }),
    ).rejects.toMatchObject({
      code: 'unavailable',
    });

    await empty();
    failures.length = 0;
    const after = await ask();
    expect(failures).toEqual([]);
    expect(await assistant.storedAnswer(after.id)).toEqual(after);
    const { turns } = await assistant.conversation(conversation.id);
    expect(turns.at(-1)).toMatchObject({ answerId: after.id });
    for (const file of [answersFile(disk), conversationsFile(disk)]) {
      const database = new Database(file, { readonly: true });
      expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
      database.close();
    }
  },
);
