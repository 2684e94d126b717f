import { randomBytes } from 'node:crypto';

import { describe, expect, it, onTestFinished } from 'vitest';

import { createDatabaseAdded } from '../../../src/ingest/postgres/database-added.ts';
import { createDatabaseFiles } from '../../../src/ingest/postgres/database-files.ts';
import { connect } from '../../../src/postgres/connect.ts';
import { addingJob, filesOf } from '../../contracts/added-store-contract.ts';
import { postgresCorpusContract } from '../../contracts/postgres-corpus.ts';
import { connectOptions, newSchema, serverDatabase } from '../../support/postgres/server-database.ts';

postgresCorpusContract('PostgreSQL', () => serverDatabase());

const maxFileBytes = 30_000_000;

/** Two servers with one database. */
async function twoServers() {
  const schema = newSchema();
  const database = await serverDatabase({ schema });
  const other = connect(connectOptions(schema));
  onTestFinished(async () => {
    await other.close();
    await database.close();
  });
  return [database, other] as const;
}

describe('files that several servers share', () => {
  it('may be large, and come out as they went in', { timeout: 60_000 }, async () => {
    const [here, there] = await twoServers();
    const content = randomBytes(20_000_000);
    const added = createDatabaseAdded({ database: here, maxFileBytes });
    const job = await added.accept(addingJob([{ name: 'large.pdf', content }]));
    const [path = ''] = await added.place(job, filesOf(job));
    const files = createDatabaseFiles({ database: there });
    const { bytes } = await files.read(path, { maxBytes: maxFileBytes });
    expect(content.equals(bytes)).toBe(true);
    const opened = await files.open(path);
    const parts: Uint8Array[] = [];
    for await (const part of opened?.content ?? []) parts.push(part);
    expect(Math.max(...parts.map(({ length }) => length))).toBe(1_000_000);
    expect(content.equals(Buffer.concat(parts))).toBe(true);
  });

  it(
    'have one spelling of a name, also when both servers place them at once',
    { timeout: 60_000 },
    async () => {
      const stores = (await twoServers()).map((database) => ({
        files: createDatabaseFiles({ database }),
        added: createDatabaseAdded({ database, maxFileBytes }),
      }));
      for (let round = 0; round < 10; round += 1) {
        // In opposite orders, so that locks taken one by one would be waited for in a circle.
        const names = [`boats-${round}.md`, `NETS-${round}.md`];
        const placed = await Promise.all(
          stores.map(async ({ added }, server) => {
            const own =
              server === 0 ? names : names.toReversed().map((name) => name.replace(/^\w+/u, swapCase));
            const files = own.map((name) => ({ name, content: `${server}` }));
            const job = await added.accept(addingJob(files, 2 * round + server));
            return (await added.place(job, filesOf(job))).toSorted();
          }),
        );
        expect(placed[0]).toEqual(placed[1]);
        for (const { files } of stores) expect((await files.list()).files).toHaveLength(2 * (round + 1));
      }
    },
  );
});

function swapCase(word: string): string {
  return word === word.toUpperCase() ? word.toLowerCase() : word.toUpperCase();
}
