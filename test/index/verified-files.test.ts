import { readFile, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { digestFile } from '../../src/domain/files/durable-files.ts';
import { sha256 } from '../../src/domain/fingerprint.ts';
import { createIndexHandle } from '../../src/index/index-handle.ts';
import { openIndex } from '../../src/index/open-index.ts';
import { createThreadedWriter } from '../../src/index/threaded-writer.ts';
import { createVerifiedFiles } from '../../src/index/verified-files.ts';
import { indexedArticle, indexOptions, temporaryFolder } from './fixtures.ts';

/** A file that is read by its name only where it must be: what is read is what `digest` says. */
async function fileOf(content: string) {
  const path = join(await temporaryFolder(), 'file');
  await writeFile(path, content);
  return path;
}

describe('files that were verified', () => {
  it('are told by size and checksum', async () => {
    const path = await fileOf('Words.');
    const files = createVerifiedFiles();
    expect(await files.digest(path)).toEqual({ bytes: 6, sha256: sha256('Words.') });
    expect(await files.digest(path)).toEqual({ bytes: 6, sha256: sha256('Words.') });
    expect(files.list()).toHaveLength(1);
  });

  it('are not read again, also in another thread that is told of them and under another name of their folder', async () => {
    const path = await fileOf('Words.');
    const files = createVerifiedFiles();
    await files.digest(path);
    // Whoever believes this has not read the file.
    const told = files.list().map((file) => ({ ...file, sha256: '0'.repeat(64) }));
    const others = createVerifiedFiles(told);
    expect((await others.digest(path)).sha256).toBe('0'.repeat(64));
    await rename(join(path, '..'), join(path, '..', '..', 'footnote-index-moved'));
    onTestFinished(() => rename(join(path, '..', '..', 'footnote-index-moved'), join(path, '..')));
    const moved = join(path, '..', '..', 'footnote-index-moved', 'file');
    expect((await others.digest(moved)).sha256).toBe('0'.repeat(64));
  });

  it('are read again once they have changed, even when size and time are as before', async () => {
    const path = await fileOf('Words.');
    const files = createVerifiedFiles();
    const time = new Date('2024-05-01');
    await utimes(path, time, time);
    await files.digest(path);
    await writeFile(path, 'Sword.');
    await utimes(path, time, time);
    expect((await files.digest(path)).sha256).toBe(sha256('Sword.'));
  });

  it('are forgotten when there are many', async () => {
    const files = createVerifiedFiles();
    for (let number = 0; number < 40; number += 1) await files.digest(await fileOf(`${number}`));
    expect(files.list()).toHaveLength(16);
  });

  it('are noticed in an index that is damaged while it is served', async () => {
    const options = { ...indexOptions(await temporaryFolder()), verified: createVerifiedFiles() };
    const writer = await createThreadedWriter(options);
    await writer.put(indexedArticle('one', 'Some words.'), 'print');
    const { id } = await writer.commit();
    const handle = createIndexHandle(options);
    onTestFinished(() => handle.close());
    (await handle.acquire()).release();
    const file = join(options.dir, 'generations', id, 'articles.db');
    const bytes = await readFile(file);
    bytes.writeUInt8(bytes.readUInt8(5_000) ^ 1, 5_000);
    await writeFile(file, bytes);
    await expect(openIndex(options)).rejects.toMatchObject({ code: 'index-unusable' });
    const next = await createThreadedWriter(options);
    expect(next.fingerprints.size).toBe(0);
    await next.discard();
  });
});

describe('the checksum of a file', () => {
  it('is the same for one that is large enough for a thread', async () => {
    const path = await fileOf('0123456789abcdef'.repeat(4_500_000));
    expect(await digestFile(path)).toEqual({
      bytes: 72_000_000,
      sha256: sha256('0123456789abcdef'.repeat(4_500_000)),
    });
  });

  it('fails as the file system says', async () => {
    await expect(digestFile(join(await temporaryFolder(), 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
