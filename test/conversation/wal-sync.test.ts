import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createWalSync } from '../../src/conversation/wal-sync.ts';

let folder: string;
let database: Database.Database;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'footnote-wal-'));
  database = new Database(join(folder, 'a.sqlite'));
  database.pragma('journal_mode = WAL');
  database.exec('CREATE TABLE t (x)');
});
afterEach(async () => {
  database.close();
  await rm(folder, { recursive: true });
});

describe('createWalSync', () => {
  it('serves all who ask at once in one turn, and those who ask later in another', async () => {
    const wal = createWalSync(join(folder, 'a.sqlite'));
    const first = wal.flush();
    expect(wal.flush()).toBe(first);
    await first;
    const second = wal.flush();
    expect(second).not.toBe(first);
    await wal.close();
    await expect(second).resolves.toBeUndefined();
  });

  it('tells of a log that cannot be opened, and works again once it can', async () => {
    const wal = createWalSync(join(folder, 'b.sqlite'));
    await expect(wal.flush()).rejects.toThrow('ENOENT');
    const other = new Database(join(folder, 'b.sqlite'));
    other.pragma('journal_mode = WAL');
    other.exec('CREATE TABLE t (x)');
    await expect(wal.flush()).resolves.toBeUndefined();
    await wal.close();
    other.close();
  });
});
