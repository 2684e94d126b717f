import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import type { Sidecar } from '../../../src/ingest/added/sidecar.ts';
import { sourceFile } from '../../../src/ingest/load/read-source.ts';
import { createDatabaseFiles } from '../../../src/ingest/postgres/database-files.ts';
import { createDatabasePages } from '../../../src/ingest/postgres/database-pages.ts';
import { storeFile, storedDigests } from '../../../src/ingest/postgres/stored-files.ts';
import { connect } from '../../../src/postgres/connect.ts';
import type { Database } from '../../../src/postgres/database.ts';
import { connectOptions, newSchema, serverDatabase } from '../../support/postgres/server-database.ts';

let databases: readonly [Database, Database];

beforeEach(async () => {
  const schema = newSchema();
  const database = await serverDatabase({ schema });
  const other = connect(connectOptions(schema));
  databases = [database, other];
  onTestFinished(async () => {
    await other.close();
    await database.close();
  });
});

function pagesOfBoth() {
  const [database, other] = databases;
  return [createDatabasePages({ database }), createDatabasePages({ database: other })] as const;
}

function page(number: number, { extension = '.html', title = 'News' } = {}) {
  const address = `https://example.com/news/${number}`;
  const at = '2026-03-01T12:00:00.000Z';
  const sidecar: Sidecar = { given: { title }, fetched: { url: address, finalUrl: address, at } };
  return { address, bytes: Buffer.from(`${title} ${extension}`), extension, sidecar };
}

describe('a file that is replaced while it is read', () => {
  it('is not given half as it was and half as it is', async () => {
    const [database, other] = databases;
    const path = 'added/long.txt';
    const store = (letter: string) => {
      const bytes = Buffer.alloc(2_500_000, letter);
      return storeFile(other, { path, bytes, digest: sourceFile(bytes, undefined).digest });
    };
    await store('a');
    const opened = await createDatabaseFiles({ database }).open(path);
    const seen = new Set<number>();
    const reading = async () => {
      for await (const part of opened?.content ?? []) {
        for (const byte of part) seen.add(byte);
        await store('b');
      }
    };
    await expect(reading()).rejects.toMatchObject({ code: 'unavailable' });
    expect(String.fromCharCode(...seen)).toBe('a');
  });
});

describe('a page that two servers keep at once', () => {
  it('is one file in the end, in whichever format', async () => {
    const [one, two] = pagesOfBoth();
    for (let number = 0; number < 20; number += 1) {
      const put = [one.put(page(number)), two.put(page(number, { extension: '.pdf' }))];
      const files = (await Promise.all(put)).map(({ file }) => file);
      const kept = [...(await storedDigests(databases[0])).keys()];
      expect(kept).toHaveLength(number + 1);
      expect(files).toContain((await one.find(page(number).address))?.file);
    }
  });

  it('has the digest of what is kept, also when one of them only looks at it', async () => {
    const [database] = databases;
    const [one, two] = pagesOfBoth();
    const files = createDatabaseFiles({ database });
    for (let number = 0; number < 20; number += 1) {
      await one.put(page(number));
      const found = await one.find(page(number).address);
      if (!found) throw new Error('The page is not found.');
      await Promise.all([
        two.put(page(number, { title: 'Later' })),
        one.looked(found, page(number, { title: 'Mine' }).sidecar),
      ]);
      const { digest } = await files.read(found.file, { maxBytes: 1_000 });
      expect((await storedDigests(database)).get(found.file)).toBe(digest);
    }
  });
});
